"""The ground floor: what needs only numpy."""
