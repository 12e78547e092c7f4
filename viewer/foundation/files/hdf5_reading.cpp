// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/hdf5_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "viewer/foundation/files/utf8_text.h"

namespace geneglass {
namespace {

constexpr hsize_t kMostTexts = hsize_t(1) << 24;
constexpr hsize_t kMostTextBytes = hsize_t(256) << 20;
constexpr hsize_t kMostAttributeBytes = hsize_t(1) << 20;
constexpr int kMostLinksInARow = 16;  ///< as HDF5 itself follows

[[noreturn]] void refuseDataset(const std::string& why) {
  throw H5::DataSetIException("read", why);
}

/// Their product; refused where it does not fit into 64 bits.
hsize_t productOf(const std::vector<hsize_t>& sides, hsize_t product) {
  if (std::ranges::find(sides, hsize_t(0)) != sides.end()) return 0;
  for (const hsize_t side : sides) {
    if (product > std::numeric_limits<int64_t>::max() / side) refuseDataset("it is too large");
    product *= side;
  }
  return product;
}

/// Of its values; refused where that does not fit into 64 bits.
hsize_t countOf(const H5::DataSet& dataset) {
  const std::vector<hsize_t> shape = shapeOf(dataset);
  if (shape.empty()) return static_cast<hsize_t>(dataset.getSpace().getSimpleExtentNpoints());
  return productOf(shape, 1);
}

std::string targetOf(const H5::Group& at, const std::string& path, size_t length) {
  std::string target(length + 1, '\0');
  if (H5Lget_val(at.getId(), path.c_str(), target.data(), target.size(), H5P_DEFAULT) < 0) return {};
  return target.c_str();
}

/// Follows a path step by step, as far as it is there. False where it is not; refused where it leads into
/// another file.
bool followPath(const H5::Group& at, const std::string& path, int links) {
  for (size_t end = 0; end != std::string::npos;) {
    end = path.find('/', end + 1);
    const std::string step = path.substr(0, end);
    if (step.empty() || step == "/") continue;
    H5L_info_t info;
    if (H5Lexists(at.getId(), step.c_str(), H5P_DEFAULT) <= 0) return false;
    if (H5Lget_info(at.getId(), step.c_str(), &info, H5P_DEFAULT) < 0) return false;
    if (info.type == H5L_TYPE_HARD) continue;
    if (info.type != H5L_TYPE_SOFT)
      refuseDataset(fmt::format("'{}' is a link to another file, which is not followed", step));
    const std::string target = targetOf(at, step, info.u.val_size);
    const size_t name = step.rfind('/');
    const bool isWhole = target.starts_with('/') || name == std::string::npos;
    if (links == 0 || !followPath(at, isWhole ? target : step.substr(0, name + 1) + target, links - 1))
      return false;
  }
  return true;
}

/// `path` as an object of that kind. Refused where it is none.
void needKind(const H5::Group& at, const std::string& path, H5O_type_t kind) {
  if (!hasPath(at, path)) refuseDataset(fmt::format("it has no '{}'", path));
  if (at.childObjType(path) != kind)
    refuseDataset(fmt::format("'{}' is no {}", path, kind == H5O_TYPE_GROUP ? "group" : "dataset"));
}

void refuseClaims(const H5::DataSet& dataset, const std::string& path, uint64_t mostPacked) {
  const uint64_t claimed = claimedBytes(dataset);
  const uint64_t held = std::min<uint64_t>(dataset.getStorageSize(), bytesOfFile(dataset));
  if (!isBelievable(claimed, held, mostPacked))
    refuseDataset(fmt::format("'{}' {}", path, disbeliefOf(claimed, held)));
}

template <typename T>
std::vector<T> readNumbers(const H5::DataSet& dataset, const H5::PredType& type) {
  const H5T_class_t kind = dataset.getTypeClass();
  if (kind != H5T_FLOAT && kind != H5T_INTEGER) refuseDataset("it does not hold numbers");
  constexpr hsize_t kMostValues = hsize_t(1) << 32;
  const hsize_t count = countOf(dataset);
  if (count > kMostValues) refuseDataset("it is too large");
  std::vector<T> values(static_cast<size_t>(count));
  if (count > 0) dataset.read(values.data(), type);
  return values;
}

/// Memory for texts as HDF5 asks for it, until there were too many: many may be the same bytes of the file.
struct TextRoom {
  size_t left = kMostTextBytes;

  static void* allocate(size_t bytes, void* room) {
    size_t& left = static_cast<TextRoom*>(room)->left;
    if (bytes > left) return nullptr;
    left -= bytes;
    return std::malloc(bytes);  // NOLINT(cppcoreguidelines-no-malloc): HDF5's own kind of memory
  }
  static void release(void* bytes, void*) {
    std::free(bytes);  // NOLINT(cppcoreguidelines-no-malloc)
  }
};

std::vector<std::string> readVariable(const H5::DataSet& dataset, const H5::StrType& type, size_t count) {
  TextRoom room;
  H5::DSetMemXferPropList transfer;
  transfer.setVlenMemManager(TextRoom::allocate, &room, TextRoom::release, &room);
  std::vector<char*> read(count, nullptr);
  const H5::DataSpace space = dataset.getSpace();
  const auto reclaim = [&](std::vector<char*>* texts) {
    H5Dvlen_reclaim(type.getId(), space.getId(), transfer.getId(), texts->data());
  };
  const std::unique_ptr<std::vector<char*>, decltype(reclaim)> kept(&read, reclaim);
  try {
    dataset.read(read.data(), type, H5::DataSpace::ALL, H5::DataSpace::ALL, transfer);
  } catch (const H5::Exception&) {
    if (room.left < kMostTextBytes / 2) refuseDataset("its texts are too long");
    throw;
  }
  std::vector<std::string> texts;
  texts.reserve(count);
  for (const char* text : read) texts.emplace_back(text ? text : "");
  return texts;
}

std::vector<std::string> inUtf8(std::vector<std::string> texts) {
  for (size_t i = 0; i < texts.size(); ++i)
    if (firstNotUtf8(texts[i]))
      refuseDataset(
          fmt::format("its text {} is not UTF-8 ('{}')", i + 1, readableBytes(texts[i].substr(0, 60))));
  return texts;
}

/// None where it is one of any length that was never written, which H5::Attribute reads as if it were there.
std::optional<std::string> textIn(const H5::Attribute& attribute) {
  const H5::StrType type = attribute.getStrType();
  std::string value;
  if (!type.isVariableStr()) {
    attribute.read(type, value);
    return value;
  }
  char* text = nullptr;
  attribute.read(type, static_cast<void*>(&text));
  const auto release = [](char* read) { TextRoom::release(read, nullptr); };
  const std::unique_ptr<char, decltype(release)> kept(text, release);
  return text ? std::optional<std::string>(text) : std::nullopt;
}

bool isOneOfKind(const H5::Attribute& attribute, bool text) {
  const H5T_class_t kind = attribute.getTypeClass();
  return attribute.getSpace().getSimpleExtentNpoints() == 1 &&
         attribute.getStorageSize() <= kMostAttributeBytes && holdsItsBits(attribute.getDataType()) &&
         (text ? kind == H5T_STRING : kind == H5T_FLOAT || kind == H5T_INTEGER);
}

}  // namespace

bool hasPath(const H5::Group& at, const std::string& path) {
  return followPath(at, path, kMostLinksInARow);
}

uint64_t bytesOfFile(const H5::H5Object& object) {
  const hid_t file = H5Iget_file_id(object.getId());
  hsize_t size = 0;
  const bool isKnown = file >= 0 && H5Fget_filesize(file, &size) >= 0;
  if (file >= 0) H5Fclose(file);
  return isKnown ? size : 0;
}

uint64_t claimedBytes(const H5::DataSet& dataset) {
  const hsize_t width = std::max(dataset.getDataType().getSize(), sizeof(double));
  const std::vector<hsize_t> shape = shapeOf(dataset);
  const hsize_t claimed = productOf(shape, width);
  const H5::DSetCreatPropList properties = dataset.getCreatePlist();
  if (properties.getLayout() != H5D_CHUNKED || shape.empty() || claimed == 0) return claimed;
  std::vector<hsize_t> chunk(shape.size());
  properties.getChunk(static_cast<int>(chunk.size()), chunk.data());
  return std::max(claimed, productOf(chunk, width));
}

bool holdsItsBits(const H5::DataType& type) {
  const H5T_class_t kind = type.getClass();
  if (kind != H5T_FLOAT && kind != H5T_INTEGER) return true;
  const size_t bits = 8 * type.getSize(), used = H5Tget_precision(type.getId());
  const int first = H5Tget_offset(type.getId());
  const bool fits = first >= 0 && used > 0 && used <= bits && static_cast<size_t>(first) <= bits - used;
  if (!fits || kind == H5T_INTEGER) return fits;
  size_t sign = 0, exponent = 0, exponentBits = 0, mantissa = 0, mantissaBits = 0;
  H5Tget_fields(type.getId(), &sign, &exponent, &exponentBits, &mantissa, &mantissaBits);
  const auto lies = [&](size_t begin, size_t count) { return count <= bits && begin <= bits - count; };
  return lies(sign, 1) && lies(exponent, exponentBits) && lies(mantissa, mantissaBits) && exponentBits > 0 &&
         exponentBits < 64;
}

H5::DataSet soundDataSet(const H5::Group& at, const std::string& path, uint64_t mostPacked) {
  needKind(at, path, H5O_TYPE_DATASET);
  H5::DataSet dataset = at.openDataSet(path);
  const H5::DSetCreatPropList properties = dataset.getCreatePlist();
  if (properties.getLayout() == H5D_VIRTUAL)
    refuseDataset(fmt::format("'{}' is put together from other files, which are not read", path));
  if (properties.getExternalCount() > 0)
    refuseDataset(fmt::format("the numbers of '{}' lie in other files, which are not read", path));
  refuseClaims(dataset, path, mostPacked);
  if (!holdsItsBits(dataset.getDataType()))
    refuseDataset(fmt::format("the bits of a number of '{}' lie outside it", path));
  return dataset;
}

H5::Group soundGroup(const H5::Group& at, const std::string& path) {
  needKind(at, path, H5O_TYPE_GROUP);
  return at.openGroup(path);
}

std::vector<hsize_t> shapeOf(const H5::DataSet& dataset) {
  const H5::DataSpace space = dataset.getSpace();
  std::vector<hsize_t> shape(static_cast<size_t>(space.getSimpleExtentNdims()));
  if (!shape.empty()) space.getSimpleExtentDims(shape.data());
  return shape;
}

std::vector<float> readFloats(const H5::DataSet& dataset) {
  return readNumbers<float>(dataset, H5::PredType::NATIVE_FLOAT);
}

std::vector<double> readDoubles(const H5::DataSet& dataset) {
  return readNumbers<double>(dataset, H5::PredType::NATIVE_DOUBLE);
}

std::vector<std::string> readStrings(const H5::DataSet& dataset) {
  if (dataset.getTypeClass() != H5T_STRING) refuseDataset("it does not hold texts");
  const H5::StrType type = dataset.getStrType();
  const hsize_t count = countOf(dataset);
  if (count > kMostTexts) refuseDataset("it holds too many texts");
  if (count == 0) return {};
  if (type.isVariableStr()) return inUtf8(readVariable(dataset, type, static_cast<size_t>(count)));
  const size_t width = type.getSize();
  if (width == 0 || count > kMostTextBytes / width) refuseDataset("its texts are too long");
  std::string read(static_cast<size_t>(count) * width, '\0');
  dataset.read(read.data(), type);
  std::vector<std::string> texts;
  texts.reserve(static_cast<size_t>(count));
  for (size_t i = 0; i < count; ++i) texts.emplace_back(read.substr(i * width, width).c_str());
  return inUtf8(std::move(texts));
}

std::string readAttribute(const H5::H5Object& at, const std::string& name, const std::string& otherwise) {
  if (!at.attrExists(name)) return otherwise;
  const H5::Attribute attribute = at.openAttribute(name);
  if (!isOneOfKind(attribute, true)) return otherwise;
  const std::optional<std::string> value = textIn(attribute);
  return value && !firstNotUtf8(*value) ? *value : otherwise;
}

double readAttribute(const H5::H5Object& at, const std::string& name, double otherwise) {
  if (!at.attrExists(name)) return otherwise;
  const H5::Attribute attribute = at.openAttribute(name);
  if (!isOneOfKind(attribute, false)) return otherwise;
  double value = otherwise;
  attribute.read(H5::PredType::NATIVE_DOUBLE, &value);
  return value;
}

std::string textAttribute(const H5::H5Object& at, const std::string& name, const std::string& otherwise) {
  if (at.attrExists(name) && !isOneOfKind(at.openAttribute(name), true))
    refuseDataset(fmt::format("its '{}' is no text", name));
  return readAttribute(at, name, otherwise);
}

double numberAttribute(const H5::H5Object& at, const std::string& name, double otherwise) {
  if (at.attrExists(name) && !isOneOfKind(at.openAttribute(name), false))
    refuseDataset(fmt::format("its '{}' is no number", name));
  return readAttribute(at, name, otherwise);
}

}  // namespace geneglass
