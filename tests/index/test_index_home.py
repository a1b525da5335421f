"""What bare terms stand for in a question over many documents."""

from ragpark.index.reader import MANY, terms_meant


def test_a_term_means_what_most_documents_mean_by_it() -> None:
    found = terms_meant([{"园区": "云澜园区"}, {"园区": "云澜园区"}, {"园区": "石桥园区", "全市": "绵阳市"}])
    assert (found["园区"], found["全市"], found["高新区"]) == ("云澜园区", "绵阳市", "高新区")
    assert "园区" not in terms_meant([{"园区": "云澜园区"}, {"园区": "石桥园区"}])


def test_one_document_of_many_binds_no_bare_park() -> None:
    others: list[dict[str, str]] = [{}] * (MANY - 1)
    assert terms_meant([{"园区": "云澜园区", "全市": "绵阳市"}, *others])["园区"] == "园区"
    assert terms_meant([{"园区": "云澜园区", "全市": "绵阳市"}, *others])["全市"] == "绵阳市"
    assert terms_meant([{"园区": "云澜园区"}, *others[1:]])["园区"] == "云澜园区"
