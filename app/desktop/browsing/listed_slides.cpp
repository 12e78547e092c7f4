// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/listed_slides.h"

#include <fmt/format.h>

#include <QCollator>
#include <QLocale>
#include <algorithm>
#include <system_error>
#include <utility>

#include "viewer/foundation/files/csv_line.h"
#include "viewer/foundation/files/csv_reader.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

QString nameOf(const fs::path& file) {
  return QString::fromStdString(file.filename().string());
}

/// Where what is asked for stands in each row.
class ManifestRows final {
 public:
  explicit ManifestRows(const fs::path& csv) : m_reader(csv, "manifest") {}

  Result<std::vector<ListedSlide>> read() {
    const auto done = m_reader.read([this](const auto& cells) { return takeHeader(cells); },
                                    [this](const auto& cells) { return takeRow(cells); });
    if (!done) return tl::unexpected(done.error());
    if (m_slides.empty()) return m_reader.refuse("it names no slide");
    return std::move(m_slides);
  }

 private:
  using Cells = std::vector<std::string>;

  Result<void> takeHeader(const Cells& cells) {
    const auto column = [&](const char* name) { return std::ranges::find(cells, name) - cells.begin(); };
    m_slide = column("slide"), m_name = column("name"), m_mpp = column("mpp");
    if (m_slide == std::ssize(cells)) return m_reader.refuse("it has no column 'slide'");
    return {};
  }

  Result<void> takeRow(const Cells& cells) {
    const auto cell = [&](std::ptrdiff_t column) {
      return column < std::ssize(cells) ? cells[size_t(column)] : std::string();
    };
    if (cell(m_slide).empty()) return m_reader.refuseRow("it names no slide");
    ListedSlide slide{m_reader.file().parent_path() / cell(m_slide), {}, {}};
    slide.name = cell(m_name).empty() ? geneglass::nameOf(slide.file) : QString::fromStdString(cell(m_name));
    if (const std::string mpp = cell(m_mpp); !mpp.empty()) {
      const auto number = numberOf(mpp);
      if (!number || *number <= 0)
        return m_reader.refuseRow(fmt::format("'{}' are no micrometres per pixel", shortened(mpp)));
      slide.mpp = *number;
    }
    m_slides.push_back(std::move(slide));
    return {};
  }

  CsvReader m_reader;
  std::ptrdiff_t m_slide = 0, m_name = 0, m_mpp = 0;
  std::vector<ListedSlide> m_slides;
};

}  // namespace

Result<std::vector<ListedSlide>> slidesOfFolder(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    files.push_back(entry->path());
  if (error) return fail(fmt::format("Cannot list '{}': {}.", folder.string(), error.message()));
  std::vector<ListedSlide> slides;
  for (fs::path& file : slidesAmong(std::move(files))) slides.push_back({file, nameOf(file), {}});
  if (slides.empty()) return fail(fmt::format("There is no slide in the folder '{}'.", folder.string()));
  QCollator order{QLocale(QLocale::English)};  // that of C knows no numbers
  order.setNumericMode(true);
  std::ranges::sort(slides, [&](const ListedSlide& one, const ListedSlide& other) {
    const int byName = order.compare(one.name, other.name);
    return byName != 0 ? byName < 0 : one.file < other.file;
  });
  return slides;
}

Result<std::vector<ListedSlide>> slidesOfManifest(const fs::path& csv) {
  return ManifestRows(csv).read();
}

}  // namespace geneglass
