"""What Masugata's policies have in common in the measurements: what stands outside of all blocks, and in the site."""


def plain():
    """Nothing but a way to the origin."""
    return "", 'route "/*" { to = pool.origin }'


def routes(count):
    """A site with so many routes, that of the request, /128, among them."""
    first = max(1, 128 - count // 2)
    return "", "\n".join(f'route "/{number}" {{ to = pool.origin }}' for number in range(first, first + count))


def networks(count):
    """A route for so many networks and that of the client."""
    blocks = "\n".join(f"{10 + (index >> 14)}.{index >> 6 & 255}.{(index & 63) << 2}.0/24" for index in range(count))
    return f"network office {{\n127.0.0.0/8\n{blocks}\n}}", 'route "/*" { to = pool.origin  from = office }'


def rules(count):
    """So many rules as operators write them, none of which holds for the request."""
    conditions = [
        'path starts "/plugins/{0}/"', 'user_agent contains "scanner{0}"', 'query["sort"] == "{0}"',
        'header["x-{0}"] == "1"', 'method in [PUT, DELETE] and path ends ".php{0}"',
    ]
    lines = [
        f'deny "rule{index}" when {conditions[index % len(conditions)].format(index)}' for index in range(count)]
    listed = "\nrules {\n" + "\n".join(lines) + "\n}" if lines else ""
    return "", plain()[1] + listed
