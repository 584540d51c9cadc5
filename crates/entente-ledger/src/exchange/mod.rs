//! Rows of other systems and ours: CSV, JSON Lines, Parquet, POLECAT, ICEWS and GDELT 2.0.
