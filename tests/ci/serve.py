"""What others' programs make of guanxi serve and guanxi mcp: the description is valid OpenAPI, answers fit it, and the
official MCP client gets over stdio and HTTP what the command line prints.

serve.py GUANXI FOLDER OPENAPI.JSON    FOLDER has a built store in output/
"""

import asyncio
import json
import subprocess
import sys
import urllib.parse
import urllib.request

import jsonschema
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamablehttp_client
from openapi_spec_validator import validate

guanxi, folder, description = sys.argv[1:]

document = json.load(open(description, encoding="utf-8"))
validate(document)
print(f"  {description} is valid OpenAPI {document['openapi']} with {len(document['paths'])} addresses")

# a query, its arguments, the command line's words for them
ASKED = [
    ("search", {"text": "shangtang"}, ["shangtang"], "matches"),
    ("show", {"entity": "OpenAI", "limit": 7}, ["OpenAI", "--limit", "7"], None),
    ("neighbors", {"entity": "智谱", "relation": ["invests_in"], "limit": 20}, ["智谱", "--relation", "invests_in", "--limit", "20"], None),
    ("evidence", {"entity": "OpenAI", "other": "Windsurf", "limit": 50}, ["OpenAI", "Windsurf"], "sentences"),
    ("path", {"from": "徐冰", "to": "英伟达", "co_mentions": True}, ["徐冰", "英伟达", "--co-mentions"], None),
    ("top", {"by": "degree", "kind": ["person"], "limit": 5}, ["--by", "degree", "--kind", "person", "--limit", "5"], "entities"),
    ("communities", {"limit": 4}, ["--limit", "4"], "communities"),
    ("timeline", {"entity": "OpenAI", "limit": 9}, ["OpenAI", "--limit", "9"], None),
    ("diff", {"from": "2025-06", "limit": 50}, ["--from", "2025-06"], "changes"),
    ("conflicts", {"limit": 30}, [], "conflicts"),
]


def command_line(name, words):
    ran = subprocess.run([guanxi, name, *words, "--format", "json"], cwd=folder, capture_output=True, text=True)
    return json.loads(ran.stdout)


def cited(value):
    """Every piece of evidence has its sentence, article and date."""
    if isinstance(value, dict):
        if "sentence" in value:
            assert value["sentence"] and value["article"] and "date" in value, value
        return any(cited(v) for v in value.values()) or "sentence" in value
    return isinstance(value, list) and any([cited(v) for v in value])


async def session(read, write, what):
    async with ClientSession(read, write) as client:
        hello = await client.initialize()
        assert hello.serverInfo.name == "guanxi", hello
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert sorted(tools) == sorted(name for name, *_ in ASKED), tools.keys()
        for name, arguments, words, array in ASKED:
            if "evidence" in tools[name].inputSchema["properties"]:
                arguments = {**arguments, "evidence": 100}
            jsonschema.Draft202012Validator(tools[name].inputSchema).validate(arguments)
            result = await client.call_tool(name, arguments)
            assert not result.isError, result
            answer = result.structuredContent
            expected = command_line(name, words)
            assert (answer[array] if array else answer) == expected, f"{what}: {name} {arguments}"
            if name not in ("search", "top", "communities"):
                assert cited(answer) or not expected, f"{name} cites nothing"
        wrong = await client.call_tool("show", {"entity": "没有这家公司"})
        assert wrong.isError and "没有这家公司" in wrong.content[0].text, wrong
    print(f"  the official MCP client over {what} ({hello.protocolVersion}): {len(ASKED)} tools answer as the command line does")


async def main():
    parameters = StdioServerParameters(command=guanxi, args=["mcp"], cwd=folder)
    async with stdio_client(parameters) as (read, write):
        await session(read, write, "stdio")
    server = subprocess.Popen([guanxi, "serve", "--addr", "127.0.0.1:0"], cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        async with streamablehttp_client(url + "mcp") as (read, write, _):
            await session(read, write, "HTTP")
        served = json.load(urllib.request.urlopen(url + "api/v1/openapi.json"))
        assert served == document
        for name, arguments, words, _ in ASKED:
            query = urllib.parse.urlencode({k: ",".join(v) if isinstance(v, list) else str(v).lower() if v is True else v for k, v in arguments.items()})
            answer = json.load(urllib.request.urlopen(f"{url}api/v1/{name}?{query}"))
            assert answer == command_line(name, words), f"HTTP: {name} {query}"
            operation = document["paths"][f"/api/v1/{name}"]["get"]
            schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
            jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(answer)
        print(f"  HTTP: {len(ASKED)} queries answer as the command line does, and fit their schemas")
    finally:
        server.terminate()
        assert server.wait(10) == 0


asyncio.run(main())
