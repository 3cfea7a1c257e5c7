"""What the law says about time and money, as dated records: reference rates, and the rules of each jurisdiction."""
