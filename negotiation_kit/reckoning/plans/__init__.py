"""Repayment plans: every shape a manager can say as a schedule that adds up."""
