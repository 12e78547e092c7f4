// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "viewer/slide/formats/tiff/tiff_directories.h"
#include "viewer/slide/slide.h"
#include "viewer/slide/tile_source.h"

namespace geneglass {

/// Of a plain TIFF's directories behind the first, those that may be its coarser levels: ever smaller, of the
/// same sides and kind, though they do not say that they are reduced. None where several directories have the
/// first one's size: then they are pages, sections or a stack. Pure.
std::vector<TiffDirectory> unmarkedCopies(const std::vector<TiffDirectory>& directories);

/// Whether a level shows what a finer one shows: their means agree at places all over. Reads some tiles of
/// both; one that cannot be read agrees with nothing.
bool showsTheSame(const TileSource& source, const std::vector<Level>& levels, int fine, int coarse);

/// The sentence for a plain TIFF of several images, of which the first is shown; empty where there is but
/// one. `levels`: how many of them are levels of the first.
std::string noteOfPages(const std::vector<TiffDirectory>& directories, size_t levels);

}  // namespace geneglass
