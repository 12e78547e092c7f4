// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/cohort/cohort_results.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "app/run/run_folder.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

QString tr(const char* text) {
  return QCoreApplication::translate("geneglass", text);
}

/// Records of runs started elsewhere name slides by where those were started; beside the results is tried
/// too.
fs::path fileOf(const std::string& said, const fs::path& folder) {
  if (said.empty()) return {};
  std::error_code error;
  for (const fs::path& place :
       {fs::absolute(said), fs::absolute(folder / said), fs::absolute(folder.parent_path() / said)})
    if (fs::exists(place, error)) return place.lexically_normal();
  return fs::absolute(said).lexically_normal();
}

QString refusalOf(const SlideRecord& record) {
  if (!record.failures.empty()) return QString::fromStdString(record.failures.back().reason);
  if (record.state == "running") return tr("Its run is under way, or was killed.");
  if (record.state == "stopped") return tr("Its run was stopped.");
  return tr("Its result is not in this folder.");
}

}  // namespace

Result<CohortResults> readCohort(const fs::path& folder, const std::stop_token& stop) {
  const Result<std::vector<fs::path>> files = resultsIn(folder);
  if (!files) return tl::unexpected(files.error());
  Result<SlideTable> table = joinResults(*files, stop);
  if (!table) return tl::unexpected(table.error());
  CohortResults cohort{folder, std::move(*table), {}};
  std::map<std::string, SlideRecord> records = recordsIn(folder);
  for (size_t i = 0; i < cohort.table.slides.size(); ++i) {
    const SlideResult& slide = cohort.table.slides[i];
    const auto record = records.extract(slide.name);
    const std::string& said = record ? record.mapped().slide : slide.slideFile;
    cohort.slides.push_back({QString::fromStdString(slide.name), fileOf(said, folder), i});
  }
  for (const auto& [name, record] : records)
    cohort.slides.push_back(
        {QString::fromStdString(name), fileOf(record.slide, folder), {}, refusalOf(record)});
  std::ranges::stable_sort(cohort.slides, {}, &CohortSlide::name);
  return cohort;
}

GeneScale scaleOf(const SlideTable& table, size_t gene) {
  GeneScale scale;
  for (const SlideResult& slide : table.slides) {
    const double value = slide.values[gene];
    if (slide.outside || !std::isfinite(value)) continue;
    scale.least = scale.slides == 0 ? value : std::min(scale.least, value);
    scale.most = scale.slides == 0 ? value : std::max(scale.most, value);
    ++scale.slides;
  }
  return scale;
}

}  // namespace geneglass
