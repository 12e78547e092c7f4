// SPDX-License-Identifier: GPL-3.0-or-later
// bench_case_file FOLDER [ANNOTATIONS [POINTS]]: seconds to make a case of so many polygons in one step, to
// open it, to write one more step, and to fold it, in a file of this folder.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdlib>

#include "app/desktop/case/case.h"
#include "app/desktop/case/case_file.h"

using namespace geneglass;

namespace {

double secondsOf(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::vector<Annotation> polygons(int count, int points) {
  std::vector<Annotation> made;
  for (int i = 0; i < count; ++i) {
    Ring ring;
    for (int p = 0; p < points; ++p) {
      const double angle = 2 * 3.14159265358979 * p / points, radius = 20 + i % 17 + p % 5 / 3.0;
      ring.push_back({i % 400 * 90 + radius * std::cos(angle), i / 400 * 90 + radius * std::sin(angle)});
    }
    made.push_back({{}, Area{{{ring, {}}}}, i % 2 ? "Tumour" : "Stroma", {}, {}, {}, false});
  }
  return made;
}

void orEnd(const Result<void>& done) {
  if (done) return;
  fmt::print(stderr, "{}\n", done.error().sentence);
  std::exit(1);
}

void print(const char* what, double seconds) {
  fmt::print("{:<48}{:8.3f} s\n", what, seconds);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return 2;
  const int annotations = count > 2 ? std::atoi(words[2]) : 100000;
  const int points = count > 3 ? std::atoi(words[3]) : 30;
  const std::filesystem::path file = std::filesystem::path(words[1]) / "bench.geneglass";
  std::filesystem::remove(file);
  Case document;
  document.begin({"bench.svs", "hash", {40000, 30000}});
  const auto first = document.annotations()->with(polygons(annotations, points));
  print("GUI thread: one step of all", secondsOf([&] { document.change(first, QStringLiteral("Import")); }));
  std::unique_ptr<CaseFile> made;
  print("file: made, with that step", secondsOf([&] {
          auto created = CaseFile::create(file, document.content());
          if (created) made = std::move(*created);
        }));
  if (!made) return 1;
  fmt::print("{:<48}{:8.1f} MB\n", "its size", double(std::filesystem::file_size(file)) / 1e6);
  CaseChanges changes;
  QObject::connect(&document, &Case::changed, [&](const CaseChanges& last) { changes = last; });
  print("GUI thread: one more polygon", secondsOf([&] {
          document.change(document.annotations()->with(polygons(1, points)), QStringLiteral("Draw"));
        }));
  print("file: one more step", secondsOf([&] { orEnd(made->write(changes)); }));
  made.reset();
  OpenedCase opened;
  print("file: opened", secondsOf([&] { opened = std::move(*CaseFile::open(file, 0)); }));
  AnnotationSetPtr set;
  print("its set, with the index", secondsOf([&] { set = annotationsAt(opened.content); }));
  Case read;
  print("GUI thread: taken", secondsOf([&] { read.take(opened.content, set); }));
  print("file: folded into a base", secondsOf([&] { orEnd(opened.file->foldOldSteps()); }));
  opened.file.reset();
  print("file: opened, folded", secondsOf([&] { opened = std::move(*CaseFile::open(file)); }));
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  fmt::print("{:<48}{:8.0f} MB\n", "most memory, with two cases", double(used.ru_maxrss) / 1e3);
  return set->all().size() == size_t(annotations) + 1 ? 0 : 1;
}
