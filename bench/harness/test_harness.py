"""python -m unittest harness.test_harness (run in bench/)"""

import asyncio
import json
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

from harness import intervals, report, sse, startup, throughput, tools
from harness.servers import PEERS, Settings, peer
from harness.work import Cell, Work, cells


class Intervals(unittest.TestCase):
    def test_a_mean_has_the_bounds_of_students_t(self):
        of_three = intervals.of([9.0, 10.0, 11.0])
        self.assertAlmostEqual(10.0, of_three.mean)
        self.assertAlmostEqual(4.303 / 3**0.5, of_three.high - of_three.mean, places=6)
        self.assertEqual("10.0 [7.5, 12.5]", of_three.text())

    def test_one_value_has_no_bounds(self):
        self.assertEqual("5.0", intervals.of([5.0]).text())

    def test_ratios_are_taken_pair_by_pair(self):
        same_ratio_on_a_machine_that_slows_down = intervals.of_ratios([(90, 100), (45, 50), (9, 10)])
        self.assertAlmostEqual(0.9, same_ratio_on_a_machine_that_slows_down.mean)
        self.assertAlmostEqual(0.9, same_ratio_on_a_machine_that_slows_down.low)

    def test_a_percentile_is_a_value_that_was_there(self):
        self.assertEqual(99, intervals.percentile(range(1, 101), 99))
        self.assertEqual(7, intervals.percentile([7], 99))


class Tools(unittest.TestCase):
    def test_vllms_result_counts_what_failed(self):
        result = {
            "duration": 2.0,
            "total_output_tokens": 32,
            "ttfts": [0.5, 0.0],
            "itls": [[0.1, 0.2], []],
            "errors": ["", "Bad Request"],
        }
        measured = tools.read_vllm(result)
        self.assertEqual(([0.5], [0.1, 0.2], 1), (measured["first"], measured["between"], measured["failed"]))
        self.assertEqual(["Bad Request"], measured["errors"])

    def test_aiperfs_records_are_in_seconds(self):
        record = {
            "metadata": {"request_start_ns": 0, "request_end_ns": 2_000_000_000},
            "metrics": {
                "output_sequence_length": {"value": 16, "unit": "tokens"},
                "time_to_first_token": {"value": 250.0, "unit": "ms"},
                "inter_chunk_latency": {"value": [10.0, 20.0], "unit": "ms"},
            },
        }
        measured = tools.read_aiperf([record], 2)
        self.assertEqual((2.0, 16, [0.25], [0.01, 0.02], 1), tuple(measured[key] for key in FIGURES))


FIGURES = ("seconds", "tokens", "first", "between", "failed")


class TheWork(unittest.TestCase):
    def test_is_the_same_for_the_same_seed_and_new_for_another(self):
        cell = Cell(32, 24, 8, 2, 4)
        with tempfile.TemporaryDirectory() as folder:
            first, again, other = (Work(Path(folder) / name, cell, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
            self.assertEqual(contents(first), contents(again))
            self.assertFalse(set(contents(first)) & set(contents(other)))
            self.assertEqual(4, len(set(contents(first))))

    def test_keeps_every_slot_busy(self):
        self.assertEqual([4, 8, 32], [cell.requests for cell in cells([(32, 24)], [8], [1, 4, 16], 2)])


def contents(work):
    return [(item.question, Path(item.picture).read_bytes()) for item in work.items]


class Streams(unittest.TestCase):
    def test_a_token_counts_when_its_text_comes(self):
        stream = sse.Stream(10.0)
        stream.take({"choices": [{"delta": {"content": "a"}}]}, 10.5)
        stream.take({"choices": [{"delta": {"content": "b"}}]}, 10.6)
        stream.take({"choices": [], "usage": {"completion_tokens": 2}}, 10.7)
        self.assertEqual((0.5, 2), (stream.first, stream.tokens))
        self.assertAlmostEqual(0.1, stream.between[0])

    def test_a_stream_that_breaks_off_is_an_error(self):
        stream = asyncio.run(read(b'data: {"choices": [{"delta": {"content": "a"}}]}\n\n'))
        self.assertEqual("the stream ended before its [DONE]", stream.error)

    def test_an_error_in_a_stream_is_one(self):
        stream = asyncio.run(read(b'data: {"error": {"message": "no"}}\n\ndata: [DONE]\n\n'))
        self.assertEqual('{"message": "no"}', stream.error)


async def read(answer):
    stream, reader = sse.Stream(0.0), asyncio.StreamReader()
    reader.feed_data(answer)
    reader.feed_eof()
    await sse._read(reader, stream)
    return stream


class Servers(unittest.TestCase):
    def test_grevy_and_the_engine_have_the_same_settings(self):
        settings = Settings(cache_size=3, max_num_batched_tokens=512)
        flags = dict(zip(settings.flags()[::2], settings.flags()[1::2]))
        scheduler = settings.of_engine()["scheduler"]
        self.assertEqual({f"--{name}": str(value).lower() for name, value in scheduler.items()}, flags)

    def test_a_peer_is_known_or_given_with_its_command(self):
        self.assertIs(PEERS["ovms"], peer("ovms"))
        self.assertEqual("serve --port {port}", peer("mine=serve --port {port}").command)
        with self.assertRaisesRegex(ValueError, "no peer 'other'"):
            peer("other")

    def test_the_empty_liberty_has_the_features_and_no_application(self):
        with tempfile.TemporaryDirectory() as folder:
            startup.empty_server(Path(folder))
            root = xml.parse(Path(folder) / "servers/empty/server.xml").getroot()
        own = xml.parse(startup.CONFIGURATION / "server.xml").getroot()
        self.assertEqual([one.text for one in own.iter("feature")], [one.text for one in root.iter("feature")])
        self.assertIsNone(root.find("webApplication"))


class Figures(unittest.TestCase):
    def test_a_summary_holds_every_server_against_the_engine_of_its_round(self):
        engine = throughput.Measured(tokens=100, seconds=1.0, first=[0.1], between=[0.01], failed=0, server_cpu_seconds=1.0)
        grevy = throughput.Measured(tokens=98, seconds=1.0, first=[0.104], between=[0.01], failed=0, server_cpu_seconds=1.0)
        summary = throughput.summary({Cell(32, 24, 8, 2, 4): [{"grevy": grevy, "engine": engine}] * 2})
        self.assertEqual(["engine", "grevy"], [one["server"] for one in summary])
        self.assertAlmostEqual(0.98, summary[1]["rate_ratio"].mean)
        self.assertAlmostEqual(4.0, summary[1]["first_token_above_ms"].mean)
        self.assertIn("0.980 [0.980, 0.980]", report.throughput_table(summary))
        self.assertEqual(0.98, round(json.loads(json.dumps(summary, default=report._plain))[1]["rate_ratio"]["mean"], 6))


if __name__ == "__main__":
    unittest.main()
