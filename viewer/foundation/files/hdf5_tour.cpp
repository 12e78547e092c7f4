// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/hdf5_tour.h"

#include <exception>
#include <vector>

#include "viewer/foundation/files/hdf5_access.h"
#include "viewer/foundation/files/hdf5_writing.h"

namespace geneglass {
namespace {

constexpr uint64_t kMostBytes = 4 << 20;  ///< of numbers that are read
constexpr int kDeepest = 32;

/// What HDF5 refuses in words is no matter here.
template <typename Look>
void unlessRefused(const Look& look) {
  try {
    look();
  } catch (const H5::Exception&) {
  } catch (const std::exception&) {
  }
}

class Hdf5Tour final {
 public:
  void group(const H5::Group& at, int depth) {
    attributes(at);
    if (depth > kDeepest) return;
    for (hsize_t i = 0; i < at.getNumObjs() && m_left > 0; ++i, --m_left)
      unlessRefused([&] { member(at, at.getObjnameByIdx(i), depth); });
  }

 private:
  /// Links to other files and other places are left to who follows them.
  void member(const H5::Group& at, const std::string& name, int depth) {
    H5L_info_t link{};
    if (H5Lget_info(at.getId(), name.c_str(), &link, H5P_DEFAULT) < 0 || link.type != H5L_TYPE_HARD) return;
    switch (at.childObjType(name)) {
      case H5O_TYPE_GROUP:
        return group(at.openGroup(name), depth + 1);
      case H5O_TYPE_DATASET:
        return dataset(soundDataSet(at, name));
      default:
        return;
    }
  }

  static void attributes(const H5::H5Object& of) {
    int count = 0;
    unlessRefused([&] { count = of.getNumAttrs(); });  // the members may be met nevertheless
    for (int i = 0; i < count; ++i)
      unlessRefused([&] {
        const H5::Attribute attribute = of.openAttribute(static_cast<unsigned>(i));
        if (attribute.getInMemDataSize() > kMostBytes) return;
        const H5::DataType type = attribute.getDataType();
        const H5::DataSpace space = attribute.getSpace();
        read(type, space, [&](void* bytes) { attribute.read(type, bytes); });
      });
  }

  static void dataset(const H5::DataSet& of) {
    attributes(of);
    unlessRefused([&] {
      if (of.getCreatePlist().getLayout() != H5D_CHUNKED) return;
      hsize_t chunks = 0;
      H5Dget_num_chunks(of.getId(), of.getSpace().getId(), &chunks);
    });
    unlessRefused([&] {
      const H5::DataType type = of.getDataType();
      if (type.getClass() == H5T_STRING) {
        (void)readStrings(of);
      } else if (claimedBytes(of) <= kMostBytes) {
        const H5::DataSpace space = of.getSpace();
        read(type, space, [&](void* bytes) { of.read(bytes, type); });
      }
    });
  }

  template <typename Read>
  static void read(const H5::DataType& type, const H5::DataSpace& space, const Read& intoBytes) {
    const hssize_t count = space.getSimpleExtentNpoints();
    if (count <= 0 || uint64_t(count) > kMostBytes / std::max<size_t>(1, type.getSize())) return;
    std::vector<char> bytes(size_t(count) * type.getSize());
    intoBytes(bytes.data());
    H5Dvlen_reclaim(type.getId(), space.getId(), H5P_DEFAULT, bytes.data());
  }

  int m_left = 100'000;  ///< members to be looked at: a group may hold itself
};

}  // namespace

void prepareHdf5Tours() {
  const Hdf5Access access;
  H5open();
  (void)hdf5Reading();
}

void tourHdf5(const std::filesystem::path& file) {
  const Hdf5Access access;
  unlessRefused([&] {
    H5::FileAccPropList reading = hdf5Reading();
    reading.setFcloseDegree(H5F_CLOSE_STRONG);  // whatever is left open of a damaged file
    const H5::H5File opened(file.string(), H5F_ACC_RDONLY, H5::FileCreatPropList::DEFAULT, reading);
    Hdf5Tour().group(opened.openGroup("/"), 0);
  });
}

}  // namespace geneglass
