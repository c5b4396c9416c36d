"""What the made-up things are called, and what is searched for."""

WORDS = "oak tin wool clay brass linen slate cork ash rope enamel willow copper felt stone glass".split()
THINGS = "kettle lamp stool scarf mug board basket tray bench jar clock rug hook vase apron tent".split()
GIVEN = 1  # the number of the thing that costs nothing, so that its order asks no provider
