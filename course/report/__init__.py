"""From Outcomes to marks and pages."""
