// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files of inference only: HDF5 stays inside the layer.
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {

struct FeatureBag;

/// All of a bag's file but its features: `coords` and the attributes that every bag has, complete or growing.
void writeBagFacts(H5::H5File& file, const FeatureBag& bag);

}  // namespace geneglass
