"""Registrations and hotlines of a site."""

from pipelines import normalize
from scraper.extraction.page import read_page

PROSE = (
    "<p>" + "云岭县的早稻昨天全部收割完毕，全县三十二个村的晒谷场上铺满了新谷，收割机连续工作了九天九夜。" * 2 + "</p>"
)


def test_each_registration_is_kept_once_with_its_kind():
    footer = """<p>云岭日报社主办 互联网新闻信息服务许可证号:36120260099 赣ICP备12345678号-1</p>
    <p>Copyright ©2003-2019 赣ICP备12345678号-1 赣公网安备 36080202000999号 信息网络传播视听节目许可证：0106999</p>
    <p>举报电话：0796-1234567 举报邮箱：jubao@yunling.example</p>"""
    page = f"<html lang='zh'><body><h1>早稻收割完毕</h1><p>2026-11-20</p>{PROSE * 4}<div>{footer}</div></body></html>"
    records = normalize(read_page(page)).article.site_records
    assert sorted((record.kind, record.value) for record in records) == [
        ("broadcast_license", "0106999"),
        ("icp", "赣ICP备12345678号-1"),
        ("news_license", "36120260099"),
        ("public_security", "赣公网安备 36080202000999号"),
        ("report_email", "jubao@yunling.example"),
        ("report_phone", "0796-1234567"),
    ]
