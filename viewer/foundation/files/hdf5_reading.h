// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files of inference and its tests only: HDF5 stays inside the layer.
#include <H5Cpp.h>

#include <cstdint>
#include <string>
#include <vector>

#include "viewer/foundation/files/claimed_bytes.h"

namespace geneglass {

// Nothing that a file says of itself is believed before it is checked: all reading goes through here. Needs
// an Hdf5Access; throws H5::Exception with the reason, which readHdf5() makes a sentence of.

/// Whether a path ("a/b") is there, whatever it is. A link to another file on the way is refused.
bool hasPath(const H5::Group& at, const std::string& path);

/// False of numbers, of which a damaged file says that some of their bits lie outside them: HDF5 1.10
/// believes that, and copies from there. All else is true.
bool holdsItsBits(const H5::DataType& type);

/// A dataset whose numbers lie in this very file, and which does not claim more than the file can hold
/// (claimed_bytes.h), by its chunks as well. Refused are links to other files, numbers in other files, and
/// datasets put together from others.
H5::DataSet soundDataSet(const H5::Group& at, const std::string& path, uint64_t mostPacked = kPackedCounts);
/// A group in this very file.
H5::Group soundGroup(const H5::Group& at, const std::string& path);

/// Bytes of memory that its numbers take, at most.
uint64_t claimedBytes(const H5::DataSet& dataset);
/// Of the file that it lies in.
uint64_t bytesOfFile(const H5::H5Object& object);

std::vector<hsize_t> shapeOf(const H5::DataSet& dataset);
/// Whatever number type the file holds, turned into floats.
std::vector<float> readFloats(const H5::DataSet& dataset);
std::vector<double> readDoubles(const H5::DataSet& dataset);
/// Texts of fixed or variable length, at most 2^24 of them and 256 MiB, all UTF-8; what follows a zero in one
/// is not of it.
std::vector<std::string> readStrings(const H5::DataSet& dataset);
/// An attribute that is absent gives `otherwise`, one of another kind too, and a text that is not UTF-8.
std::string readAttribute(const H5::H5Object& at, const std::string& name, const std::string& otherwise);
double readAttribute(const H5::H5Object& at, const std::string& name, double otherwise);
/// The same where an attribute of another kind is refused: "its 'slide_hash' is no text".
std::string textAttribute(const H5::H5Object& at, const std::string& name, const std::string& otherwise);
double numberAttribute(const H5::H5Object& at, const std::string& name, double otherwise);

}  // namespace geneglass
