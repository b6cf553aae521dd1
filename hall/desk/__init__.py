"""The reviewer's page of each department: a list, a task, a decision; all by keyboard, and without script."""
