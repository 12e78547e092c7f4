// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/channels/channel_layout.h"

namespace geneglass {

/// OME-TIFF, as Bio-Formats, QuPath and others write it: the largest of its images, with its channels as
/// directories or as samples of one, the middle slice, the first time; coarser levels in SubIFDs, as images
/// of their own, or in the directories behind. Nothing for a picture of bytes that the direct driver reads.
/// Pure.
FoundLayout omeLayout(const std::vector<TiffPage>& pages);

}  // namespace geneglass
