// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>
#include <stdexcept>

#include "tests/cases/damage.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::testing {
namespace {

using ChangeFile = void (*)(H5::H5File&, const DamageWords&);

Damage onFile(ChangeFile change) {
  return [change](const std::filesystem::path& file, const DamageWords& words) {
    const Hdf5Access access;
    try {
      H5::H5File opened(file.string(), H5F_ACC_RDWR, H5::FileCreatPropList::DEFAULT, withoutLocking());
      change(opened, words);
    } catch (const H5::Exception& error) {
      throw std::runtime_error(words.front() + ": " + error.getDetailMsg());
    }
  };
}

double numberOf(const std::string& word) {
  if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
  return std::stod(word);
}

void lose(H5::H5File& file, const DamageWords& words) {
  file.unlink(wordAt(words, 1));
}

void dropAttribute(const H5::H5Object& at, const std::string& name) {
  if (at.attrExists(name)) at.removeAttr(name);
}

void setNumber(H5::H5File& file, const DamageWords& words) {
  dropAttribute(file, wordAt(words, 1));
  writeAttribute(file, words[1], numberOf(wordAt(words, 2)));
}

void setText(H5::H5File& file, const DamageWords& words) {
  dropAttribute(file, wordAt(words, 1));
  writeAttribute(file, words[1], wordAt(words, 2));
}

/// Of the dataset that is named first.
void setNumberOf(H5::H5File& file, const DamageWords& words) {
  H5::DataSet dataset = file.openDataSet(wordAt(words, 1));
  dropAttribute(dataset, wordAt(words, 2));
  writeAttribute(dataset, words[2], numberOf(wordAt(words, 3)));
}

void setTextOf(H5::H5File& file, const DamageWords& words) {
  H5::DataSet dataset = file.openDataSet(wordAt(words, 1));
  dropAttribute(dataset, wordAt(words, 2));
  writeAttribute(dataset, words[2], wordAt(words, 3));
}

void leaveUnwritten(const H5::H5Object& at, const std::string& name) {
  dropAttribute(at, name);
  at.createAttribute(name, H5::StrType(H5::PredType::C_S1, H5T_VARIABLE), H5::DataSpace(H5S_SCALAR));
}

/// A text of any length that was made and never written, of the group or dataset that is named first.
void leaveTextUnwritten(H5::H5File& file, const DamageWords& words) {
  const std::string& path = wordAt(words, 1);
  if (file.childObjType(path) == H5O_TYPE_DATASET)
    return leaveUnwritten(file.openDataSet(path), wordAt(words, 2));
  leaveUnwritten(file.openGroup(path), wordAt(words, 2));
}

std::vector<hsize_t> sidesOf(const std::string& word) {
  std::vector<hsize_t> sides;
  for (size_t at = 0; at < word.size();) {
    const size_t end = std::min(word.find('x', at), word.size());
    sides.push_back(std::stoull(word.substr(at, end - at)));
    at = end + 1;
  }
  return sides;
}

/// A value of a dataset of numbers, by its place.
void setValue(H5::H5File& file, const DamageWords& words) {
  const H5::DataSet dataset = file.openDataSet(wordAt(words, 1));
  std::vector<double> values = readDoubles(dataset);
  values.at(static_cast<size_t>(wholeAt(words, 2))) = numberOf(wordAt(words, 3));
  dataset.write(values.data(), H5::PredType::NATIVE_DOUBLE);
}

H5::DataType typeOf(const std::string& word) {
  if (word == "f4") return H5::PredType::NATIVE_FLOAT;
  if (word == "f8") return H5::PredType::NATIVE_DOUBLE;
  if (word == "u1") return H5::PredType::NATIVE_UINT8;
  if (word == "i4") return H5::PredType::NATIVE_INT32;
  if (word == "text") return H5::StrType(H5::PredType::C_S1, H5T_VARIABLE);
  if (word == "text4") return H5::StrType(H5::PredType::C_S1, 4);
  throw std::runtime_error("there is no type '" + word + "'");
}

/// Name, shape, type, and how it is kept: "plain", "packed" (chunks of gzip), "one" (one such chunk).
void make(H5::H5File& file, const DamageWords& words) {
  const std::string& name = wordAt(words, 1);
  if (file.nameExists(name)) file.unlink(name);
  const std::vector<hsize_t> shape = sidesOf(wordAt(words, 2));
  const std::string& kept = wordAt(words, 4);
  H5::DSetCreatPropList properties;
  if (kept != "plain") {
    std::vector<hsize_t> chunk = shape;
    if (kept == "packed") chunk.front() = std::min<hsize_t>(chunk.front(), 1024);
    properties.setChunk(int(chunk.size()), chunk.data());
    properties.setDeflate(9);
  }
  file.createDataSet(name, typeOf(wordAt(words, 3)), H5::DataSpace(int(shape.size()), shape.data()),
                     properties);
}

void makeGroup(H5::H5File& file, const DamageWords& words) {
  if (file.nameExists(wordAt(words, 1))) file.unlink(words[1]);
  file.createGroup(words[1]);
}

void linkOut(H5::H5File& file, const DamageWords& words) {
  if (file.nameExists(wordAt(words, 1))) file.unlink(words[1]);
  H5Lcreate_external(wordAt(words, 2).c_str(), "/features", file.getId(), words[1].c_str(), H5P_DEFAULT,
                     H5P_DEFAULT);
}

void linkWithin(H5::H5File& file, const DamageWords& words) {
  if (file.nameExists(wordAt(words, 1))) file.unlink(words[1]);
  H5Lcreate_soft(wordAt(words, 2).c_str(), file.getId(), words[1].c_str(), H5P_DEFAULT, H5P_DEFAULT);
}

/// Name, shape: numbers that lie in another file.
void keepOutside(H5::H5File& file, const DamageWords& words) {
  if (file.nameExists(wordAt(words, 1))) file.unlink(words[1]);
  const std::vector<hsize_t> shape = sidesOf(wordAt(words, 2));
  hsize_t bytes = 4;
  for (const hsize_t side : shape) bytes *= side;
  H5::DSetCreatPropList properties;
  properties.setExternal("/etc/passwd", 0, bytes);
  file.createDataSet(words[1], H5::PredType::NATIVE_FLOAT, H5::DataSpace(int(shape.size()), shape.data()),
                     properties);
}

/// Name, shape: put together from another file.
void putTogether(H5::H5File& file, const DamageWords& words) {
  if (file.nameExists(wordAt(words, 1))) file.unlink(words[1]);
  const std::vector<hsize_t> shape = sidesOf(wordAt(words, 2));
  const H5::DataSpace space(int(shape.size()), shape.data());
  H5::DSetCreatPropList properties;
  H5Pset_virtual(properties.getId(), space.getId(), "other.h5", "/features", space.getId());
  file.createDataSet(words[1], H5::PredType::NATIVE_FLOAT, space, properties);
}

void moveName(H5::H5File& file, const DamageWords& words) {
  file.moveLink(wordAt(words, 1), wordAt(words, 2));
}

}  // namespace

const Damages& hdf5Damages() {
  static const Damages all{{"h5-lose", onFile(lose)},
                           {"h5-number", onFile(setNumber)},
                           {"h5-text", onFile(setText)},
                           {"h5-number-of", onFile(setNumberOf)},
                           {"h5-text-of", onFile(setTextOf)},
                           {"h5-unwritten-of", onFile(leaveTextUnwritten)},
                           {"h5-lose-attribute", onFile([](H5::H5File& file, const DamageWords& words) {
                              dropAttribute(file, wordAt(words, 1));
                            })},
                           {"h5-value", onFile(setValue)},
                           {"h5-make", onFile(make)},
                           {"h5-group", onFile(makeGroup)},
                           {"h5-link-out", onFile(linkOut)},
                           {"h5-link", onFile(linkWithin)},
                           {"h5-outside", onFile(keepOutside)},
                           {"h5-virtual", onFile(putTogether)},
                           {"h5-move", onFile(moveName)}};
  return all;
}

}  // namespace geneglass::testing
