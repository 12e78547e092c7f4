// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/annotated_frame.h"

#include <charconv>
#include <cmath>

namespace geneglass {
namespace {

/// An error that readHdf5() makes a sentence of.
[[noreturn]] void giveUp(const std::string& reason) {
  throw H5::DataSetIException("read", reason);
}

H5O_type_t kindOf(const H5::Group& at, const std::string& name) {
  if (!hasPath(at, name)) giveUp("it has no '" + name + "'");
  return at.childObjType(name);
}

std::vector<double> wholeNumbers(const H5::DataSet& dataset) {
  if (dataset.getTypeClass() != H5T_ENUM) return readDoubles(dataset);
  std::vector<int8_t> truths(size_t(dataset.getSpace().getSimpleExtentNpoints()));
  if (dataset.getEnumType().getSize() != 1) giveUp("a truth has more than a byte");
  if (!truths.empty()) dataset.read(truths.data(), dataset.getEnumType());
  return {truths.begin(), truths.end()};
}

/// What each code stands for; "" where there is none (-1).
std::vector<std::string> decoded(const std::vector<double>& codes,
                                 const std::vector<std::string>& categories) {
  std::vector<std::string> texts;
  for (const double code : codes) {
    if (!(code >= -1 && code < double(categories.size()))) giveUp("a category is not in their list");
    texts.push_back(code < 0 ? "" : categories[size_t(code)]);
  }
  return texts;
}

std::vector<std::string> textsOf(const H5::DataSet& dataset) {
  if (dataset.getTypeClass() == H5T_STRING) return readStrings(dataset);
  std::vector<std::string> texts;
  for (const double value : wholeNumbers(dataset))
    texts.push_back(value == std::floor(value) && std::abs(value) < 1e15 ? std::to_string(int64_t(value))
                                                                         : std::to_string(value));
  return texts;
}

}  // namespace

AnnotatedFrame::AnnotatedFrame(const H5::H5File& file, const std::string& path) {
  if (!hasPath(file, path)) giveUp("it has no '" + path + "', as AnnData's tables have");
  if (kindOf(file, path) != H5O_TYPE_GROUP)
    giveUp("it was written by AnnData before 0.7; open it with a newer one and write it again");
  m_group = soundGroup(file, path);
}

bool AnnotatedFrame::has(const std::string& column) const {
  return H5Lexists(m_group.getId(), column.c_str(), H5P_DEFAULT) > 0;
}

std::vector<std::string> AnnotatedFrame::index() const {
  const std::string name = readAttribute(m_group, "_index", "_index");
  if (!has(name)) giveUp("'" + m_group.getObjName() + "' has no index");
  return texts(name);
}

std::vector<std::string> AnnotatedFrame::texts(const std::string& column) const {
  if (kindOf(m_group, column) == H5O_TYPE_GROUP) {
    const H5::Group group = soundGroup(m_group, column);
    if (H5Lexists(group.getId(), "codes", H5P_DEFAULT) > 0)
      return decoded(wholeNumbers(soundDataSet(group, "codes")), textsOf(soundDataSet(group, "categories")));
    return textsOf(soundDataSet(group, "values"));  // with a mask, which names have none of
  }
  const H5::DataSet dataset = soundDataSet(m_group, column);
  if (!dataset.attrExists("categories")) return textsOf(dataset);
  return decoded(wholeNumbers(dataset), textsOf(soundDataSet(m_group, "__categories/" + column)));
}

std::vector<double> AnnotatedFrame::numbers(const std::string& column) const {
  std::vector<double> values;
  for (const std::string& text : texts(column)) {
    double value = NAN;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    values.push_back(error == std::errc() && end == text.data() + text.size() ? value
                     : text == "True"                                         ? 1
                     : text == "False"                                        ? 0
                                                                              : NAN);
  }
  return values;
}

}  // namespace geneglass
