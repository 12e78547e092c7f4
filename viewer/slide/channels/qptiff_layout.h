// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/channels/channel_layout.h"

namespace geneglass {

/// QPTIFF of PerkinElmer and Akoya (Vectra, Polaris, PhenoImager): each directory says in XML what it is;
/// those of the full resolution are the channels, or one colour picture, and a reduced resolution has as many
/// of its own size. Thumbnail, overview and label lie beside. Pure.
FoundLayout qptiffLayout(const std::vector<TiffPage>& pages);

}  // namespace geneglass
