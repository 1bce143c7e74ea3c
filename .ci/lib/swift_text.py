"""Reads Swift source as far as rules need it: which characters of each line are code, and which are comment."""


def split_code_and_comments(text):
    """Returns (code lines, comment lines): the same lines with everything else blanked; string contents count as neither."""
    code, comment = [], []
    position, end = 0, len(text)

    def put(target, other, count):
        nonlocal position
        for character in text[position:position + count]:
            newline = character == "\n"
            target.append(character)
            other.append("\n" if newline else " ")
        position += count

    def blank(count):
        nonlocal position
        for character in text[position:position + count]:
            code.append("\n" if character == "\n" else " ")
            comment.append("\n" if character == "\n" else " ")
        position += count

    def string(hashes):
        """Skips a literal whose opening quote is next; code inside an interpolation stays code."""
        quote = '"""' if text.startswith('"""', position) else '"'
        blank(len(quote))
        close, escape = quote + "#" * hashes, "\\" + "#" * hashes
        while position < end:
            if text.startswith(close, position):
                return blank(len(close))
            if text.startswith(escape, position):
                blank(len(escape))
                if text.startswith("(", position):
                    put(code, comment, 1)
                    walk(until_parenthesis=True)
                elif position < end:
                    blank(1)
            elif text[position] == "\n" and quote == '"':
                return
            else:
                blank(1)

    def walk(until_parenthesis=False):
        depth = 0
        while position < end:
            character = text[position]
            if text.startswith("//", position):
                stop = text.find("\n", position)
                put(comment, code, (stop if stop >= 0 else end) - position)
            elif text.startswith("/*", position):
                nested, stop = 1, position + 2
                while nested and stop < end:
                    if text.startswith("/*", stop):
                        nested, stop = nested + 1, stop + 2
                    elif text.startswith("*/", stop):
                        nested, stop = nested - 1, stop + 2
                    else:
                        stop += 1
                put(comment, code, stop - position)
            elif character == '"':
                string(0)
            elif character == "#" and text[position:].lstrip("#").startswith('"'):
                hashes = len(text[position:]) - len(text[position:].lstrip("#"))
                blank(hashes)
                string(hashes)
            else:
                depth += (character == "(") - (character == ")")
                put(code, comment, 1)
                if until_parenthesis and depth < 0:
                    return

    walk()
    return "".join(code).split("\n"), "".join(comment).split("\n")
