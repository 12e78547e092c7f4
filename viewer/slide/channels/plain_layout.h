// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/channels/channel_layout.h"

namespace geneglass {

/// A TIFF or an Aperio SVS without a word on channels, whose samples are no bytes of a colour picture: of 9
/// bits and more, floating point, or more of them than colours. Smaller copies of the first directory are its
/// levels, whether they say so or not; of several of its size the first is taken. Pure.
FoundLayout plainLayout(const std::vector<TiffPage>& pages);

/// Whether the samples of a page are no bytes of a colour or grey picture.
bool holdsValues(const TiffPage& page);

}  // namespace geneglass
