// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <random>

#include "tests/support/test_files.h"
#include "viewer/annotation/annotation_file.h"

// Damages files of annotations at random, the same way for the same seed, reads each, and writes what came in
// in every format.
//   annotation_fuzz [SECONDS [SEED]]
// A case that crashes, hangs, throws, or brings in what is no place is kept beside the failures of other
// tests and named; then the status is 1. Meant for a build with sanitizers: preset asan.

using namespace geneglass;

namespace {

constexpr unsigned kSecondsACase = 20;
constexpr int kCasesAProcess = 200;
constexpr int kMostDamages = 6;

const SlideFrame kFrame{.size = {4000, 3000}, .mpp = Mpp{0.25, 0.25}, .scanCentre = Point{1e6, -2e6}};

/// What a reader may stumble over, wherever it stands.
constexpr const char* kBits[] = {"1e300",
                                 "-1e308",
                                 "1e999",
                                 "NaN",
                                 "-Infinity",
                                 "null",
                                 "[]",
                                 "{}",
                                 "[[[[[[[[",
                                 "\"type\"",
                                 "\"\"",
                                 "\"closed\"",
                                 "\"features\"",
                                 "</Region>",
                                 "<Vertex/>",
                                 "Type=\"2\"",
                                 "&#0;",
                                 "\xff",
                                 "<!DOCTYPE x [<!ENTITY a \"b\">]>",
                                 "NegativeROA=\"1\"",
                                 "0",
                                 "-",
                                 "\"GeometryCollection\"",
                                 "<annotation type=\"circle\">"};

AnnotationSet everyShape() {
  std::vector<Annotation> all;
  const Area holed{{{{{0, 0}, {90, 0}, {90, 90}, {0, 90}}, {{{10, 10}, {10, 20}, {20, 20}}}},
                    {{{100, 0}, {150, 0}, {150, 50}}, {}}}};
  for (const Shape& shape : {Shape(holed), Shape(Area{{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, {}}}}),
                             Shape(rectangleArea({5, 5, 50, 60})), Shape(Ellipse{{300, 200}, 40, 20, 0}),
                             Shape(Ellipse{{300, 200}, 40, 20, 0.5}), Shape(Path{{{0, 0}, {9, 9}, {18, 0}}}),
                             Shape(Angle{{0, 0}, {9, 9}, {18, 0}}), Shape(Places{{{1, 2}, {3, 4}}})}) {
    Annotation& one = all.emplace_back();
    one.shape = shape;
    one.className = "Tumour: CD8";
    one.name = "name";
    one.notes = "notes";
  }
  return AnnotationSet({}, std::move(all));
}

std::vector<std::string> seedTexts(const std::filesystem::path& folder) {
  std::vector<std::string> texts;
  for (const AnnotationDialect& dialect : annotationDialects())
    if (const auto text = dialect.write(everyShape(), &kFrame)) texts.push_back(text->text);
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(folder, absent))
    texts.push_back(geneglass::testing::bytesOfFile(entry.path()).substr(0, 20000));
  std::ranges::sort(texts);
  return texts;
}

void damageText(std::string& text, std::mt19937_64& random) {
  const auto below = [&](size_t count) { return static_cast<size_t>(random() % std::max<size_t>(count, 1)); };
  const size_t at = below(text.size()), length = 1 + below(40);
  switch (below(6)) {
    case 0:
      if (!text.empty()) text[at] = static_cast<char>(below(256));
      return;
    case 1:
      text.erase(at, length);
      return;
    case 2:
      text.insert(at, text.substr(below(text.size()), length));
      return;
    case 3:
      text.insert(at, kBits[below(std::size(kBits))]);
      return;
    case 4:
      text.replace(at, std::min(length, text.size() - at), kBits[below(std::size(kBits))]);
      return;
    default:
      text.resize(std::max<size_t>(at, 1));
      return;
  }
}

/// What is wrong with how a file was read and what came of it; empty where nothing is.
std::string flawOf(const std::filesystem::path& file, const std::filesystem::path& out) {
  const Result<ReadAnnotations> read = readAnnotations(file, &kFrame);
  if (!read)
    return read.error().sentence.find(file.string()) == std::string::npos ? "an error without the file" : "";
  for (const Annotation& annotation : read->annotations) {
    const Rect box = boundsOf(annotation.shape);
    if (!std::isfinite(box.right()) || !std::isfinite(box.bottom()))
      return "a shape that is no place came in";
  }
  const AnnotationSet set(read->classes, read->annotations);
  for (const AnnotationDialect& dialect : annotationDialects()) {
    if (!writeAnnotations(set, dialect.key, out, &kFrame))
      return fmt::format("{} cannot be written", dialect.key);
    const bool something = std::filesystem::file_size(out) > 0;
    if (!something) return fmt::format("{} is empty", dialect.key);
  }
  return "";
}

struct FuzzRun {
  uint64_t seed;
  std::chrono::steady_clock::time_point end;
  std::filesystem::path folder;
};

/// Runs cases from `first` on in a process of their own; ends it with 1 at the first flaw.
[[noreturn]] void runCases(const FuzzRun& run, uint64_t first, const std::vector<std::string>& texts) {
  for (uint64_t number = first; number < first + kCasesAProcess; ++number) {
    if (std::chrono::steady_clock::now() > run.end) break;
    std::mt19937_64 random(run.seed * 0x9E3779B97F4A7C15ull + number);
    std::string text = texts[random() % texts.size()];
    for (uint64_t damages = 1 + random() % kMostDamages; damages > 0; --damages) damageText(text, random);
    std::ofstream(run.folder / "case", std::ios::binary) << text;
    std::ofstream(run.folder / "number") << number;
    alarm(kSecondsACase);
    const std::string flaw = flawOf(run.folder / "case", run.folder / "out");
    alarm(0);
    if (flaw.empty()) continue;
    fmt::print(stderr, "{}\n", flaw);
    std::_Exit(1);
  }
  std::_Exit(0);
}

}  // namespace

int main(int count, char** words) {
  const char* wish = count > 1 ? words[1] : std::getenv("GENEGLASS_FUZZ_SECONDS");
  const std::chrono::seconds time(wish ? std::atoi(wish) : 4);
  const uint64_t seed = count > 2 ? static_cast<uint64_t>(std::atoll(words[2])) : 1;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / fmt::format("annotation_fuzz-{}", getpid());
  std::filesystem::create_directories(folder);
  const std::vector<std::string> texts = seedTexts(geneglass::testing::dataFolder() / "annotations");
  const FuzzRun run{seed, std::chrono::steady_clock::now() + time, folder};
  uint64_t next = 0;
  int found = 0;
  while (std::chrono::steady_clock::now() < run.end && found < 50) {
    const pid_t child = fork();
    if (child == 0) runCases(run, next, texts);
    int status = 0;
    waitpid(child, &status, 0);
    const uint64_t last =
        static_cast<uint64_t>(std::atoll(geneglass::testing::bytesOfFile(folder / "number").c_str()));
    next = last + 1;
    if (status == 0) continue;
    const auto kept = geneglass::testing::outputFolder() / fmt::format("annotations-{}-{}", seed, last);
    std::filesystem::copy_file(folder / "case", kept, std::filesystem::copy_options::overwrite_existing);
    fmt::print(stderr, "case {} of seed {} failed (status {}): {}\n", last, seed, status, kept.string());
    ++found;
  }
  fmt::print("{} cases of seed {} from {} files, {} failed\n", next, seed, texts.size(), found);
  std::filesystem::remove_all(folder);
  return found > 0 ? 1 : 0;
}
