"""Pages made from others by small mistakes: bytes, numbers and lines that are lost, doubled, exchanged or put in."""
import re

import parsers

PIECES = [
    '"', "\\", "\n", " ", "{", "}", "=", ",", "#", "# ", "_total", "_bucket", "_count", "_sum", "_created", "_info", "_gsum", "_gcount",
    "1", "0", "-1", "0.5", "+Inf", "NaN", "-Inf", "1e3", 'le="1"', 'quantile="0.5"', "a", "b", "\t", "é", "\0", "_", ".", "+", "1_0", " 5",
    'x="y"', ' # {a="b"} 0.5', "# TYPE a gauge\n", "# HELP a x\n", "# UNIT a_s s\n", "# EOF\n", "a 1\n", "a_total 1\n",
    "# TYPE b histogram\n", 'b_bucket{le="1"} 1\n', 'b_bucket{le="+Inf"} 2\n', "b_count 2\n", "b_sum 1\n", '{"a.b"} 1\n', '"x.y"="z"',
]

# Every type, with all that can be said of it; the tests of other parsers have few of these together.
RICH = {
    "openmetrics-utf8": [
        '# TYPE c_s counter\n# UNIT c_s s\n# HELP c_s A \\"c\\".\nc_s_total{a="1",b="\\n\\\\"} 5 10 # {t="x"} 0.5 9.5\n'
        'c_s_created{a="1",b="\\n\\\\"} 1 10\nc_s_total{a="1",b="\\n\\\\"} 6 11\nc_s_total{a="2"} 0 7\n# EOF\n',
        '# TYPE h histogram\nh_bucket{x="1",le="-1.5"} 1\nh_bucket{x="1",le="+Inf"} 4 # {} 2\nh_bucket{x="2",le="-1.5"} 0\n'
        'h_bucket{x="2",le="+Inf"} 0\n# TYPE g gaugehistogram\ng_bucket{le="0.5"} 1\ng_bucket{le="+Inf"} 1\ng_gcount 1\ng_gsum 0.25\n# EOF\n',
        '# TYPE s stateset\ns{s="on",x="y"} 1\ns{s="off",x="y"} 0\ns{s="on"} 0\n# TYPE i info\ni_info{a="1"} 1\ni_info{a="2"} 1\n'
        '# TYPE q summary\nq{quantile="0.5"} NaN\nq{quantile="1.0"} 3\nq_count 2\nq_sum 4\nq_created 1.5\nu{a="é"} -0\nu 1e-3\n# EOF\n',
        '# TYPE "a.c" counter\n# HELP "a.c" x\n{"a.c_total","l m"="n",o="p"} 1 # {"t.i"="x"} 1\n# TYPE p gauge\np{"q.r"="s"} 2\n# EOF\n',
    ],
    "text-utf8": [
        '# TYPE c_total counter\n# HELP c_total A "c".\\n\nc_total{a="1",b="\\n\\\\"} 5 10000\nc_total{a="2",} 0\nn 7\n\n# a comment\nm 1\n',
        '# TYPE h histogram\nh_bucket{x="1",le="-1.5"} 1\nh_bucket{x="2",le="-1.5"} 0\nh_bucket{x="1",le="+Inf"} 4\n'
        'h_bucket{x="2",le="+Inf"} 0\nh_count{x="1"} 4\nh_sum{x="1"} 2\nh_sum{x="2"} 0\nh_count{x="2"} 0\n',
        '# TYPE q summary\nq{quantile="0.5"} NaN\nq{quantile="1"} -3\nq_sum 4\nq_count 2\n# TYPE u untyped\nu{a="é"} -0\nu\t1e-3 -5\n',
        '# HELP e_total E.\n# TYPE e_total counter\ne_total{a="1"} 5.0\n# HELP e_created E.\n# TYPE e_created gauge\ne_created{a="1"} 1.7e+09\n',
        '# TYPE "a.c" counter\n# HELP "a.c" x\n{"a.c","l m"="n",o="p"} 1\n# TYPE p gauge\np{"q.r"="s"} 2\n',
    ],
}


def mutants(pages, count, chance):
    """So many pages with mistakes, made from pages that are right and some that are not."""
    for number in range(count):
        page = chance.choice(pages)
        text = page.text
        if chance.random() < 0.15:
            other = chance.choice(pages)
            if parsers.SYNTAX[other.format] == parsers.SYNTAX[page.format]:
                text = text.replace("# EOF\n", "").replace("# EOF", "") + other.text
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            text = _mistake(text, chance)
        syntax = parsers.SYNTAX[page.format]
        yield parsers.Page(f"mutant {number} of {page.name}", f"{syntax}-utf8", text)


def _mistake(text, chance):
    kind = chance.random()
    if kind < 0.45:
        place, action = chance.randrange(len(text) + 1), chance.random()
        if action < 0.35:
            return text[:place] + text[place + chance.choice([1, 1, 2, 5]):]
        return text[:place] + chance.choice(PIECES) + text[place + (1 if action > 0.75 else 0):]
    if kind < 0.85:
        lines, action = text.split("\n"), chance.random()
        place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        if action < 0.3:
            del lines[place]
        elif action < 0.55:
            lines.insert(other, lines[place])
        elif action < 0.8:
            lines[place], lines[other] = lines[other], lines[place]
        else:
            lines.insert(place, chance.choice(PIECES))
        return "\n".join(lines)
    words = list(re.finditer(r"[\w.+-]+", text))
    if not words:
        return text
    place, other = chance.choice(words), chance.choice(words)
    return text[:place.start()] + other.group() + text[place.end():]
