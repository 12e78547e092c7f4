// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace geneglass {

/// Whose fault it is that a tile could not be read.
enum class ReadRefusal {
  File,    ///< what the file holds: the tile is damaged, and stays so
  Memory,  ///< there was too little memory
  System,  ///< the disk, the share or the file's owner: the same tile may well be read another time
};

/// By what `sentence`, an error or a tile's damage, says of a read of `file`: in the words of the system for
/// its errors (errno), in those of libjpeg, OpenJPEG, libtiff and OpenSlide for want of memory. What is in
/// nobody's words is File. Any thread.
ReadRefusal refusalIn(const std::string& sentence, const std::filesystem::path& file);

}  // namespace geneglass
