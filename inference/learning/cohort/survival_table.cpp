// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/survival_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "inference/learning/cohort/tcga_barcode.h"
#include "viewer/foundation/files/csv_line.h"
#include "viewer/foundation/files/csv_reader.h"

namespace geneglass {
namespace {

class SurvivalReader final {
 public:
  SurvivalReader(const std::filesystem::path& file, const std::string& endpoint)
      : m_csv(file, "survival table"),
        m_timeName(endpoint.empty() ? "time" : endpoint + ".time"),
        m_eventName(endpoint.empty() ? "event" : endpoint) {
    m_table.file = file;
    m_table.endpoint = endpoint;
  }

  Result<SurvivalTable> read() {
    const Result<void> read = m_csv.read([this](const auto& cells) { return readHeader(cells); },
                                         [this](const auto& cells) { return readRow(cells); });
    if (!read) return tl::unexpected(read.error());
    if (m_table.outcomes.empty()) return m_csv.refuse("it knows of no patient both time and event");
    return std::move(m_table);
  }

 private:
  Result<void> readHeader(const std::vector<std::string>& cells) {
    const auto columnOf = [&](const std::string& name) {
      return size_t(std::ranges::find(cells, name) - cells.begin());
    };
    m_patient = cells.size();
    for (const char* name : {"bcr_patient_barcode", "case", "patient"})
      m_patient = std::min(m_patient, columnOf(name));
    if (m_patient == cells.size())
      return m_csv.refuseRow("there is no column 'patient', 'case' or 'bcr_patient_barcode'");
    m_time = columnOf(m_timeName), m_event = columnOf(m_eventName);
    for (const auto& [column, name] : {std::pair(m_time, m_timeName), std::pair(m_event, m_eventName)})
      if (column == cells.size())
        return m_csv.refuseRow(fmt::format(
            "there is no column '{}'{}", name,
            m_table.endpoint.empty() ? "; where the table has several endpoints, name one by --endpoint"
                                     : ""));
    return {};
  }

  static std::optional<float> valueOf(const std::string& cell) {
    return cell == "#N/A" ? std::optional(NAN) : measurementOf(cell);
  }

  Result<void> readRow(const std::vector<std::string>& cells) {
    const std::string patient = patientOf(cells[m_patient]);
    if (patient.empty()) return m_csv.refuseRow("the patient has no name");
    if (!m_seen.insert(patient).second)
      return m_csv.refuseRow(fmt::format("the patient '{}' is there already", shortened(patient)));
    const std::optional<float> time = valueOf(cells[m_time]), event = valueOf(cells[m_event]);
    if (!time || *time < 0)
      return m_csv.refuseRow(
          fmt::format("'{}' for {} is no time from 0 on", shortened(cells[m_time]), m_timeName));
    if (!event || (!std::isnan(*event) && *event != 0 && *event != 1))
      return m_csv.refuseRow(
          fmt::format("'{}' for {} is not 0 or 1", shortened(cells[m_event]), m_eventName));
    if (std::isnan(*time) || std::isnan(*event))
      ++m_table.unknown;
    else
      m_table.outcomes[patient] = {*time, *event == 1};
    return {};
  }

  CsvReader m_csv;
  SurvivalTable m_table;
  const std::string m_timeName, m_eventName;
  size_t m_patient = 0, m_time = 0, m_event = 0;
  std::unordered_set<std::string> m_seen;
};

}  // namespace

std::optional<SurvivalTable::Outcome> SurvivalTable::of(const std::string& caseName) const {
  const auto found = outcomes.find(patientOf(caseName));
  return found == outcomes.end() ? std::nullopt : std::optional(found->second);
}

Result<SurvivalTable> readSurvivalTable(const std::filesystem::path& file, const std::string& endpoint) {
  return SurvivalReader(file, endpoint).read();
}

}  // namespace geneglass
