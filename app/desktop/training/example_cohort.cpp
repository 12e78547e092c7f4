// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/example_cohort.h"

#include <fmt/format.h>

#include <QSaveFile>

namespace geneglass {
namespace {

constexpr int kCases = 12;
constexpr int kFirstTest = 10;  ///< cases from here are of the test split

}  // namespace

std::string exampleCohort(bool ofDiagnosis) {
  std::string text = ofDiagnosis ? "slide,case,split,tumour\n" : "slide,case,split,CD8A,EPCAM,SATB2\n";
  for (int one = 1; one <= kCases; ++one) {
    const int slides = one % 4 == 0 ? 2 : 1;  // some cases have more than one
    for (int slide = 1; slide <= slides; ++slide) {
      text += fmt::format("slides/case{:02}-{}.svs,case{:02},{}", one, slide, one,
                          one > kFirstTest ? "test" : "train");
      text += ofDiagnosis ? fmt::format(",{}\n", one % 2)
                          : fmt::format(",{:.2f},{:.2f},{:.2f}\n", 5.1 + 0.3 * (one % 5),
                                        9.4 + 0.2 * (one % 4), 7.2 + 0.4 * (one % 3));
    }
  }
  return text;
}

Result<void> writeExampleCohort(const std::filesystem::path& file, bool ofDiagnosis) {
  QSaveFile written(QString::fromStdString(file.string()));
  const QByteArray text = QByteArray::fromStdString(exampleCohort(ofDiagnosis));
  if (written.open(QIODevice::WriteOnly) && written.write(text) == text.size() && written.commit()) return {};
  return fail(fmt::format("Cannot write '{}': {}.", file.string(), written.errorString().toStdString()));
}

}  // namespace geneglass
