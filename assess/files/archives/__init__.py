"""The archive of a year as one zip: written member by member, and checked without trusting anything that it says."""
