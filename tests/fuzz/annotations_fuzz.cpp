// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "tests/fuzz/fuzz_target.h"
#include "viewer/annotation/annotation_file.h"

// A file of annotations of any dialect; what came in is written in each.
namespace geneglass::fuzzing {
namespace {

const SlideFrame kFrame{.size = {4000, 3000}, .mpp = Mpp{0.25, 0.25}, .scanCentre = Point{1e6, -2e6}};

std::vector<std::string> everyDialect() {
  std::vector<Annotation> all;
  const Area holed{{{{{0, 0}, {90, 0}, {90, 90}, {0, 90}}, {{{10, 10}, {10, 20}, {20, 20}}}},
                    {{{100, 0}, {150, 0}, {150, 50}}, {}}}};
  for (const Shape& shape : {Shape(holed), Shape(Area{{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, {}}}}),
                             Shape(rectangleArea({5, 5, 50, 60})), Shape(Ellipse{{300, 200}, 40, 20, 0.5}),
                             Shape(Path{{{0, 0}, {9, 9}, {18, 0}}}), Shape(Angle{{0, 0}, {9, 9}, {18, 0}}),
                             Shape(Places{{{1, 2}, {3, 4}}})}) {
    Annotation& one = all.emplace_back();
    one.shape = shape;
    one.className = "Tumour: CD8";
    one.name = "name";
    one.notes = "notes";
  }
  const AnnotationSet set({}, std::move(all));
  std::vector<std::string> texts;
  for (const AnnotationDialect& dialect : annotationDialects())
    if (const auto text = dialect.write(set, &kFrame)) texts.push_back(text->text);
  for (std::string& real : realSeeds("annotations", 65536)) texts.push_back(real.substr(0, 8192));
  return texts;
}

void readText(std::string_view bytes) {
  const std::filesystem::path file = fileInMemory("case", bytes);
  const Result<ReadAnnotations> read = readAnnotations(file, &kFrame);
  if (!read) return checkSentence(read.error().sentence, file);
  for (const Annotation& annotation : read->annotations) {
    const Rect box = boundsOf(annotation.shape);
    if (!std::isfinite(box.right()) || !std::isfinite(box.bottom()))
      broken("what comes in is a place on the slide");
  }
  const AnnotationSet set(read->classes, read->annotations);
  for (const AnnotationDialect& dialect : annotationDialects()) {
    const auto text = dialect.write(set, &kFrame);
    if (!text || text->text.empty()) broken("what came in can be written", dialect.key);
  }
}

const AddedTarget kTarget({.name = "annotations",
                           .seeds = everyDialect,
                           .read = readText,
                           .mostBytes = 8192,
                           .words = {"1e300",
                                     "-1e308",
                                     "1e999",
                                     "NaN",
                                     "-Infinity",
                                     "null",
                                     "[]",
                                     "{}",
                                     "\"type\"",
                                     "\"closed\"",
                                     "\"features\"",
                                     "</Region>",
                                     "<Vertex X=\"1\" Y=\"1e300\"/>",
                                     "Type=\"2\"",
                                     "&#0;",
                                     "\xff",
                                     "<!DOCTYPE x [<!ENTITY a \"b\">]>",
                                     "NegativeROA=\"1\"",
                                     "\"GeometryCollection\"",
                                     "\"MultiPolygon\"",
                                     "\"MultiPoint\"",
                                     "\"isEllipse\":true",
                                     "<annotation type=\"circle\">",
                                     "<radius>",
                                     "\"rotation\"",
                                     "\"polyline\"",
                                     "\"rectangle\"",
                                     "MicronsPerPixel=\"0\""}});

}  // namespace
}  // namespace geneglass::fuzzing
