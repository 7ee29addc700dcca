"""What the office puts right after the result was released: rulings on appeals, and corrections ex officio."""
