// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "viewer/slide/formats/tiff/tiff_directories.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// What the directories alone say of an Aperio or a plain tiled TIFF: levels, pixel size, objective. For
/// files that OpenSlide refuses for one damaged part though the rest can be read. `vendor` is what OpenSlide
/// takes the file for, empty where it knows none, or "ome-tiff". Nothing where the first directory is no
/// level, where it may be another maker's (whose levels need more than directories), or where no tile lies
/// inside the file's `bytes`. A directory that is no part of a sane pyramid is left out. Pure.
std::optional<Slide> factsOfDirectories(const std::vector<TiffDirectory>& directories,
                                        const std::string& vendor, uint64_t bytes);

/// The level that a directory is, of a slide whose finest level has this size. Pure.
Level levelOf(const TiffDirectory& directory, Size finest);

/// The number after "NAME = " among the fields of an Aperio description, which '|' parts; above 0. Pure.
std::optional<double> aperioNumber(std::string_view description, std::string_view name);

/// Fills in the colour profile of the image that holds level 0, or why it cannot be used.
void addColours(Slide& slide, const TiffHead& head);

/// How many of a directory's tiles lie beyond the end of a file of so many bytes. Pure.
int64_t tilesBeyond(const TiffDirectory& directory, uint64_t bytes);

}  // namespace geneglass
