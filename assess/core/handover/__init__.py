"""The hand-over of a year's sealed result to the departments that evaluate performance and leadership teams."""
