"""An article is proofread against what is left, and no erased record is in its way."""


def test_an_article_is_proofread_without_what_was_erased(invented):
    why = ("--with-passages", "--reason", "asked to", "--yes")
    article = invented.write("article.md", "“We were never told about the recordings,” he said.\n")
    before = invented.run("proofread", article, code=(0, 1)).stdout
    invented.run("erase", invented.ids["minutes"], *why)
    after = invented.run("proofread", article, code=(1, 3)).stdout
    assert "line 1  stands" in before
    assert "line 1  stands" not in after
    assert ": it was erased" in after
