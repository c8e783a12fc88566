"""What several parts of the test suite stand on."""
