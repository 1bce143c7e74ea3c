"""HTTP to the loopback, without the proxies that the environment may name."""
import collections
import json
import urllib.error
import urllib.parse
import urllib.request

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
Response = collections.namedtuple("Response", "status headers body")

OPENMETRICS = "application/openmetrics-text;version=1.0.0"
TEXT = "text/plain;version=0.0.4"


def request(url, method="GET", headers=None, body=None, seconds=10):
    """The response, whatever its status; None when nobody answers."""
    asked = urllib.request.Request(url, data=body, headers=headers or {}, method=method)
    try:
        with _opener.open(asked, timeout=seconds) as response:
            return Response(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        return Response(error.code, error.headers, error.read())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return None


def page(url, accept):
    """A page of metrics: its text and its Content-Type."""
    response = request(url, headers={"Accept": accept})
    if response is None or response.status != 200:
        raise RuntimeError(f"{url} answered {response and response.status}")
    return response.body.decode(), response.headers.get("Content-Type", "")


def api(base, path, **parameters):
    """The data of an answer of Prometheus' HTTP API."""
    response = request(f"{base}/api/v1/{path}?{urllib.parse.urlencode(parameters)}")
    answer = json.loads(response.body) if response else {}
    if answer.get("status") != "success":
        raise RuntimeError(f"{path}: {response and response.body[:500]}")
    return answer["data"]
