// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "inference/synthetic/jpeg_tile.h"
#include "inference/synthetic/pyramid_options.h"
#include "viewer/foundation/result.h"

struct tiff;

namespace geneglass {

/// A BigTIFF being written, one directory (level) after the other. One thread. Failures keep libtiff's own
/// reason.
class TiffPyramidFile final {
 public:
  TiffPyramidFile() = default;
  ~TiffPyramidFile();
  TiffPyramidFile(const TiffPyramidFile&) = delete;
  TiffPyramidFile& operator=(const TiffPyramidFile&) = delete;

  bool open(const std::filesystem::path& file);
  bool beginLevel(const PyramidOptions& options, Size size, double downsample);
  bool writeTile(int64_t index, const JpegBytes& jpeg);  ///< row by row, from 0
  bool endLevel();
  bool close();
  const std::string& reason() const { return m_reason; }

 private:
  static int keepReason(tiff* handle, void* self, const char* module, const char* format, va_list words);
  bool setTags(const PyramidOptions& options, Size size, double downsample);

  tiff* m_tiff = nullptr;
  bool m_reduced = false;  ///< the first directory is the full image
  std::string m_reason;
};

/// Compressed tiles of one level that wait on disk, in an unnamed file.
class TileSpool final {
 public:
  bool open(const std::filesystem::path& folder);
  bool add(const JpegBytes& jpeg);
  bool read(size_t index, JpegBytes& jpeg);
  size_t size() const { return m_ends.size(); }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> m_file;
  std::vector<int64_t> m_ends;  ///< where each tile's bytes end
};

}  // namespace geneglass
