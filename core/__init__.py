"""The thinking room: pure values and rules. Nothing here touches network, disk, environment, clock or
chance."""
