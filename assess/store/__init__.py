"""The store: tables, queries, uploads and the queue of jobs; decides nothing."""
