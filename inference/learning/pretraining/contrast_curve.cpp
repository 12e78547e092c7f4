// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/contrast_curve.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>

#include "viewer/foundation/files/text_file.h"

namespace geneglass {
namespace {

using Row = ContrastCurve::Row;

constexpr std::pair<const char*, double Row::*> kColumns[] = {
    {"step", &Row::step},
    {"epoch", &Row::epoch},
    {"tiles", &Row::tiles},
    {"loss", &Row::loss},
    {"neighbour_accuracy", &Row::neighbourAccuracy}};

std::string lineOf(const Row& row) {
  std::string line;
  for (const auto& [name, field] : kColumns) {
    if (!line.empty()) line += ',';
    if (std::isfinite(row.*field)) line += fmt::format("{:.9g}", row.*field);
  }
  return line + '\n';
}

}  // namespace

Result<ContrastCurve> ContrastCurve::begin(std::filesystem::path file, std::vector<Row> rows) {
  ContrastCurve curve(std::move(file));
  curve.m_rows = std::move(rows);
  std::string text = "step,epoch,tiles,loss,neighbour_accuracy\n";
  for (const Row& row : curve.m_rows) text += lineOf(row);
  if (const Result<void> written = writeText(curve.m_file, text); !written)
    return tl::unexpected(written.error());
  return curve;
}

void ContrastCurve::add(const Row& row) {
  m_rows.push_back(row);
  std::ofstream(m_file, std::ios::app) << lineOf(row);
}

std::map<std::string, std::vector<double>> columnsOf(const std::vector<Row>& rows) {
  std::map<std::string, std::vector<double>> columns;
  for (const auto& [name, field] : kColumns) {
    std::vector<double>& column = columns[name];
    for (const Row& row : rows) column.push_back(std::isfinite(row.*field) ? row.*field : -1);
  }
  return columns;
}

std::vector<Row> rowsOf(const std::map<std::string, std::vector<double>>& columns) {
  std::vector<Row> rows(columns.at("step").size());
  for (const auto& [name, field] : kColumns)
    for (size_t i = 0; i < rows.size(); ++i) rows[i].*field = columns.at(name).at(i);
  for (Row& row : rows)
    if (row.neighbourAccuracy < 0) row.neighbourAccuracy = NAN;
  return rows;
}

}  // namespace geneglass
