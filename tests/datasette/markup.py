"""The HTML of a page, taken apart."""

from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "wbr", "source", "col"}


class Markup(HTMLParser):
    """Every element with its attributes, the elements around it, and its text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.doctype = [], [], None
        self.feed(html)
        self.close()

    def handle_decl(self, decl):
        self.doctype = decl

    def handle_startendtag(self, tag, attrs):
        self._add(tag, attrs)

    def handle_starttag(self, tag, attrs):
        element = self._add(tag, attrs)
        if tag not in VOID:
            self.open.append(element)

    def _add(self, tag, attrs):
        names = [name for name, _ in attrs]
        element = {"tag": tag, "attrs": dict(attrs), "names": names, "text": ""}
        element["above"] = [one["tag"] for one in self.open]
        self.elements.append(element)
        return element

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1]["tag"] == tag, f"</{tag}> closes <{self.open[-1]['tag']}>"
        self.open.pop()

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, *tags):
        return [one for one in self.elements if one["tag"] in tags]

    def values(self, name):
        return [one["attrs"][name] for one in self.elements if name in one["attrs"]]
