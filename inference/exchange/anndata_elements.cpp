// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/exchange/anndata_elements.h"

#include <nlohmann/json.hpp>

namespace geneglass {
namespace {

constexpr const char* kRowNames = "_index";

std::string validText(const std::string& text) {
  using nlohmann::json;
  return json::parse(json(text).dump(-1, ' ', false, json::error_handler_t::replace)).get<std::string>();
}

H5::StrType textType() {
  H5::StrType type(H5::PredType::C_S1, H5T_VARIABLE);
  type.setCset(H5T_CSET_UTF8);
  return type;
}

H5::EnumType flagType() {
  H5::EnumType type(H5::PredType::NATIVE_INT8);
  int8_t no = 0, yes = 1;
  type.insert("FALSE", &no);
  type.insert("TRUE", &yes);
  return type;
}

H5::DataSpace spaceOf(const std::vector<hsize_t>& shape) {
  return shape.empty() ? H5::DataSpace(H5S_SCALAR) : H5::DataSpace(int(shape.size()), shape.data());
}

/// Without the time of writing: the same content, the same bytes.
H5::DataSet addValues(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                      const H5::DataType& type, const void* values, bool isEmpty) {
  H5::DSetCreatPropList properties;
  H5Pset_obj_track_times(properties.getId(), false);
  H5::DataSet dataset = at.createDataSet(name, type, spaceOf(shape), properties);
  if (!isEmpty) dataset.write(values, type);
  return dataset;
}

template <typename Value>
void addArray(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
              const H5::DataType& type, std::span<const Value> values) {
  H5::DataSet dataset = addValues(at, name, shape, type, values.data(), values.empty());
  markElement(dataset, "array", "0.2.0");
}

std::vector<std::string> validTexts(const std::vector<std::string>& texts) {
  std::vector<std::string> valid;
  valid.reserve(texts.size());
  for (const std::string& text : texts) valid.push_back(validText(text));
  return valid;
}

std::vector<const char*> beginsOf(const std::vector<std::string>& texts) {
  std::vector<const char*> begins;
  begins.reserve(texts.size());
  for (const std::string& text : texts) begins.push_back(text.c_str());
  return begins;
}

}  // namespace

void markElement(H5::H5Object& element, const char* type, const char* version) {
  writeAttribute(element, "encoding-type", std::string(type));
  writeAttribute(element, "encoding-version", std::string(version));
}

H5::Group addMapping(H5::Group& at, const std::string& name) {
  H5::Group group = at.createGroup(name);
  markElement(group, "dict", "0.1.0");
  return group;
}

void addText(H5::Group& at, const std::string& name, const std::string& text) {
  const std::string valid = validText(text);
  const char* begin = valid.c_str();
  H5::DataSet dataset = addValues(at, name, {}, textType(), &begin, false);
  markElement(dataset, "string", "0.2.0");
}

void addNumber(H5::Group& at, const std::string& name, double number) {
  H5::DataSet dataset = addValues(at, name, {}, H5::PredType::NATIVE_DOUBLE, &number, false);
  markElement(dataset, "numeric-scalar", "0.2.0");
}

void addFlag(H5::Group& at, const std::string& name, bool flag) {
  const int8_t value = flag;
  H5::DataSet dataset = addValues(at, name, {}, flagType(), &value, false);
  markElement(dataset, "numeric-scalar", "0.2.0");
}

void addTexts(H5::Group& at, const std::string& name, const std::vector<std::string>& texts) {
  const std::vector<std::string> valid = validTexts(texts);
  const std::vector<const char*> begins = beginsOf(valid);
  H5::DataSet dataset = addValues(at, name, {valid.size()}, textType(), begins.data(), begins.empty());
  markElement(dataset, "string-array", "0.2.0");
}

void addFloats(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
               std::span<const float> values) {
  addArray(at, name, shape, H5::PredType::NATIVE_FLOAT, values);
}

void addDoubles(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                std::span<const double> values) {
  addArray(at, name, shape, H5::PredType::NATIVE_DOUBLE, values);
}

void addIntegers(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                 std::span<const int32_t> values) {
  addArray(at, name, shape, H5::PredType::NATIVE_INT32, values);
}

void addBytes(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
              std::span<const uint8_t> values) {
  addArray(at, name, shape, H5::PredType::NATIVE_UINT8, values);
}

void addFlags(H5::Group& at, const std::string& name, const std::vector<bool>& flags) {
  const std::vector<int8_t> values(flags.begin(), flags.end());
  addArray(at, name, {values.size()}, flagType(), std::span<const int8_t>(values));
}

void addCategories(H5::Group& at, const std::string& name, std::span<const int32_t> codes,
                   const std::vector<std::string>& categories) {
  H5::Group group = at.createGroup(name);
  markElement(group, "categorical", "0.2.0");
  const int8_t isOrdered = 0;  // a truth value: readers take no number
  group.createAttribute("ordered", flagType(), H5::DataSpace(H5S_SCALAR)).write(flagType(), &isOrdered);
  addIntegers(group, "codes", {codes.size()}, codes);
  addTexts(group, "categories", categories);
}

AnnDataFrame::AnnDataFrame(H5::Group& at, const std::string& name, const std::vector<std::string>& rows)
    : m_group(at.createGroup(name)) {
  markElement(m_group, "dataframe", "0.2.0");
  writeAttribute(m_group, kRowNames, std::string(kRowNames));
  addTexts(m_group, kRowNames, rows);
}

void AnnDataFrame::finish() {
  const std::vector<const char*> begins = beginsOf(m_columns);
  const hsize_t count = begins.size();
  m_group.createAttribute("column-order", textType(), H5::DataSpace(1, &count))
      .write(textType(), begins.data());
}

}  // namespace geneglass
