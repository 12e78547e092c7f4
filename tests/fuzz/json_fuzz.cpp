// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/parts.h"
#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/files/utf8_text.h"

// The one way in of all JSON, and of CBOR.
namespace geneglass::fuzzing {
namespace {

std::vector<std::string> jsonSeeds() {
  const std::string text = R"({"a":[1,-2.5e3,true,null,"\u00e9\n"],"b":{"c":{}},"d":[[[]]]})";
  const std::vector<uint8_t> packed = nlohmann::json::to_cbor(nlohmann::json::parse(text));
  return {chosen(0, text), chosen(0, "[18446744073709551615,-0.0,1e-320]"),
          chosen(1, std::string(packed.begin(), packed.end()))};
}

int depthOf(const nlohmann::json& value) {
  int most = 0;
  if (value.is_structured())
    for (const nlohmann::json& held : value) most = std::max(most, depthOf(held));
  return most + 1;
}

void readJson(std::string_view bytes) {
  const bool isPacked = choiceOf(bytes, 2) == 1;
  const Result<nlohmann::json> parsed = isPacked ? parseCbor(bytes) : parseJson(bytes, kSmallJson);
  if (!parsed) {
    if (parsed.error().sentence.empty()) broken("a refusal says why");
    return;
  }
  if (depthOf(*parsed) > kSmallJson.depth + 2) broken("no document is deeper than its limit");
  if (isPacked) return;
  if (firstNotUtf8(bytes)) broken("a text that is not UTF-8 is no JSON");
  if (nlohmann::json::parse(parsed->dump()) != *parsed)
    broken("a document is the same when written and read");
}

const AddedTarget kTarget({.name = "json",
                           .seeds = jsonSeeds,
                           .read = readJson,
                           .mostBytes = 2048,
                           .words = {"[[[[[[[[", "{\"a\":", "\\ud800", "1e400", "null", "false",
                                     "\xef\xbb\xbf", "\x9f", "\xbf", "\xdb\xff\xff\xff\xff"}});

}  // namespace
}  // namespace geneglass::fuzzing
