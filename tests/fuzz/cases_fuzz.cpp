// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/annotation_text.h"
#include "app/desktop/case/case_file.h"
#include "app/desktop/case/case_view.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/parts.h"

// A case: its file, of both versions (the first has no check sums, so that what it holds is read), and the
// texts in its rows, in memory. The first byte chooses which.
namespace geneglass::fuzzing {
namespace {

const std::string kAnnotation =
    R"({"id":"a","area":[[[0,0,9,0,9,9.5]]],"class":"Tumour","name":"n","notes":"x","colour":"#ff0000","locked":true})";

CaseContent madeContent() {
  CaseContent content;
  content.slide = {"made.svs", std::string(64, 'a'), {40000, 30000}};
  Annotation one;
  one.id = "a", one.className = "Tumour", one.shape = rectangleArea({1, 2, 3, 4});
  content.base.all = {std::make_shared<const Annotation>(one)};
  content.base.classes = {{"Tumour", 0xff0000}};
  one.id = "b";
  const auto change = std::make_shared<AnnotationDifference>();
  change->changes = {{nullptr, std::make_shared<const Annotation>(one), 0, 1}};
  content.steps = {{1, 0, "Draw Rectangle", change, {}}};
  content.head = 1;
  content.entries = {{"view", "[1,2,3,0]"}};
  return content;
}

std::string caseBytes(bool isOld) {
  return written("seed.geneglass", [&](const auto& at) {
    if (!CaseFile::create(at, madeContent())) broken("a case can be written");
    auto database = Database::open(at, Database::Access::Write);
    for (const char* table : {"fact", "entry", "base", "step", "change"})
      if (isOld && database)
        (void)database->run(("ALTER TABLE " + std::string(table) + " DROP COLUMN sum").c_str());
    (void)database->run(isOld ? "PRAGMA user_version = 1; VACUUM" : "VACUUM");
  });
}

std::vector<std::string> caseSeeds() {
  return {chosen(0, caseBytes(false)),
          chosen(0, caseBytes(true)),
          chosen(1, kAnnotation),
          chosen(1, textOf(*madeContent().base.all.front())),
          chosen(2, R"([{"name":"Tumour","colour":"#ff0000"}])"),
          chosen(3, "[1,2.5,3,0.1]"),
          chosen(4, R"([{"name":"here","view":[7,8,9,0]}])")};
}

void readCaseFile(std::string_view bytes) {
  const std::filesystem::path file = fileInMemory("case.geneglass", bytes);
  const Result<CaseContent> content = CaseFile::read(file);
  if (!content) return checkSentence(content.error().sentence, file);
  if (!annotationsAt(*content)) broken("a case has annotations, if none");
}

/// What was read is the same once it was written and read again.
template <typename Read>
void readTwice(std::string_view bytes, Read read) {
  const auto first = read(bytes);
  if (!first) return;
  const std::string text = textOf(*first);
  const auto again = read(text);
  if (!again || textOf(*again) != text) broken("a text of a case is written as it was read", text);
}

void readCase(std::string_view bytes) {
  switch (choiceOf(bytes, 5)) {
    case 0:
      return readCaseFile(bytes);
    case 1:
      return readTwice(bytes, [](std::string_view text) { return annotationOf(text); });
    case 2:
      return readTwice(bytes, [](std::string_view text) { return classesOf(text); });
    case 3:
      return readTwice(bytes, [](std::string_view text) { return viewOf(text); });
    default:
      (void)bookmarksOf(bytes);
  }
}

const AddedTarget kTarget({.name = "cases",
                           .seeds = caseSeeds,
                           .read = readCase,
                           .mostBytes = 65536,
                           .words = {"\"ellipse\":[1,2,3,4,5]", "\"path\":[0,0,1e300,1]",
                                     "\"angle\":[0,0,1,1,2,2]", "\"places\":[1,2]", "\"area\":[]", "null",
                                     "1e999", "-1e308", "[[[", "\"\\ud800\"", "CREATE VIEW", "CREATE TRIGGER",
                                     "\"colour\":\"#12\"", "GENERATED ALWAYS"}});

}  // namespace
}  // namespace geneglass::fuzzing
