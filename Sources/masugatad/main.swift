// NAME masugatad
