"""What a scorecard and a ranked book say, printed text by printed text, before any page is laid out."""
