// holds the place until the branch with the tests is merged
