"""told.py REPORTS: one line of a program's tests by what CTest (REPORTS.xml) and the sanitizers (REPORTS.PID) wrote, a line
for each that failed or was skipped, and where each finding begins. Status 1 where a test failed or anything was found."""
import glob
import os
import re
import sys
import xml.etree.ElementTree

reports = sys.argv[1]
suite = xml.etree.ElementTree.parse(reports + ".xml").getroot()
passed = failed = skipped = 0
lines = []
findings = []  # of undefined behaviour, whose reports stand in a test's own output
for test in suite.iter("testcase"):
    output = test.findtext("system-out") or ""
    for totals in re.finditer(r"Totals: (\d+) passed, (\d+) failed, (\d+) skipped", output):
        passed, failed, skipped = (a + int(b) for a, b in zip((passed, failed, skipped), totals.groups()))
    if test.find("failure") is not None:
        lines.append("  FAILED " + test.get("name") + "".join(
            "\n    " + line.strip() for line in output.splitlines() if line.startswith("FAIL!"))[:600])
    for finding in re.findall(r".*runtime error: .*", output):
        findings.append(f"  FOUND in {test.get('name')}: {finding[:300]}")
    for name, why in re.findall(r"SKIP +: (\S+?)\(.*?\) (.*)", output):
        lines.append(f"  skipped {name}: {why}")
found = sorted(path for path in glob.glob(reports + ".*") if path.rpartition(".")[2].isdigit())
for path in found:
    with open(path, errors="replace") as report:
        first = next((line for line in report if re.search("ERROR:|WARNING:|runtime error", line)), "").strip()
    findings.append(f"  FOUND {os.path.relpath(path)}: {first[:200]}")
print(f"{os.path.basename(reports)}: {suite.get('tests')} tests, {passed} cases passed, {failed} failed, {skipped} skipped, "
      f"{suite.get('failures')} tests failed, {len(findings)} findings, {float(suite.get('time')):.0f} s", *lines, *findings, sep="\n")
sys.exit(bool(findings) or suite.get("failures") != "0")
