"""What holds on every kind of page, in a real browser."""


def test_a_page_opens_without_an_error_and_without_another_host(visit, book):
    page = visit(book.file("index.html"))
    assert page.title().startswith("The ME/CFS Evidence Book")
