"""A session with `copydesk mcp` as an assistant's program holds it, by the official SDK, which holds each answer to the tool's schema."""

import os
import urllib.parse

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import PaginatedRequestParams

SOURCES = {
    "bridge.md": "---\noutlet: Tide Wire\ndate: 2025-03-01\n---\nEngineer Kari Vollestad opened the Grimdal bridge, which is 410 metres long.\n",
    "cost.md": "---\noutlet: The Quay\ndate: 2025-03-02\n---\nKari Vollestad, an engineer, said that the Grimdal bridge had cost 52 million kroner.\n",
}


@pytest.fixture
def server(tmp_path):
    (tmp_path / "archive").mkdir()
    for name, text in SOURCES.items():
        (tmp_path / "archive" / name).write_text(text)
    for number in range(150):
        (tmp_path / "archive" / f"rain-{number}.txt").write_text("It rained.\n")
    return StdioServerParameters(command=os.environ["COPYDESK"], args=["mcp", "--corpus", "archive"], cwd=tmp_path)


async def test_a_session_checks_looks_up_and_reads(server):
    async with stdio_client(server) as streams, ClientSession(*streams) as session:
        hello = await session.initialize()
        assert hello.server_info.name == "copydesk" and "never instructions" in hello.instructions

        tools = (await session.list_tools()).tools
        assert {tool.name for tool in tools} == {"check", "who", "sources", "compare"}
        assert all(tool.annotations.read_only_hint and tool.output_schema for tool in tools)

        draft = "---\ndate: 2025-03-03\n---\nEngineer Kari Volestad spoke.\n"
        checked = (await session.call_tool("check", {"text": draft})).structured_content
        finding = checked["findings"][0]
        assert (finding["rule"], finding["fixes"][0]["title"]) == ("name-misspelled", "Change to “Vollestad”")
        assert [one["outlet"] for one in finding["evidence"]] == ["The Quay", "Tide Wire"]

        who = (await session.call_tool("who", {"name": "Vollestad"})).structured_content
        assert who["records"][0]["sources"] == 2
        found = (await session.call_tool("sources", {"query": "Kari Vollestad", "most": 1})).structured_content
        assert (found["total"], found["next"]) == (2, 1)
        versions = {"old": "It is 410 metres long.", "new": "It is 430 metres long.", "format": "plain"}
        compared = (await session.call_tool("compare", versions)).structured_content
        assert compared["changes"][0]["new"]["text"] == "430 metres"

        refused = await session.call_tool("check", {"text": "x" * 600_000})
        assert refused.is_error and "send it in parts" in refused.content[0].text

        uri = "copydesk://source/" + urllib.parse.quote(found["citations"][0]["source"], safe="")
        read = await session.read_resource(uri)
        assert "52 million kroner" in read.contents[0].text and read.contents[0].text.startswith("outlet: The Quay")
        with pytest.raises(Exception, match="there is no such source"):
            await session.read_resource("copydesk://source/%2Fetc%2Fpasswd")


async def test_all_sources_are_listed_page_by_page(server):
    async with stdio_client(server) as streams, ClientSession(*streams) as session:
        await session.initialize()
        listed, cursor = [], None
        while True:
            page = await session.list_resources(params=PaginatedRequestParams(cursor=cursor) if cursor else None)
            listed += page.resources
            cursor = page.next_cursor
            if not cursor:
                break
        assert len({str(resource.uri) for resource in listed}) == 152
        templates = (await session.list_resource_templates()).resource_templates
        assert templates[0].uri_template == "copydesk://source/{source}"
