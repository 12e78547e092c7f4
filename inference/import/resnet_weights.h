// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/import/foreign_encoder.h"

namespace geneglass {

/// Residual networks under the names of torchvision and timm (conv1.weight, bn1.running_mean,
/// layer1.0.conv1.weight to downsample.1.bias), of either block and any number of stages: ResNet-18, 34, 50.
/// TIAToolbox's counted names (feat_extract.0.weight, feat_extract.4.0.conv1.weight) too, which take colours
/// from 0 to 1 as they are; its classifier of nine is Kather100K's. A classifier (fc, classifier) of other
/// classes has the names that are said. Blocks are numbered from 0 over all stages.
ForeignFamily namedResNet();

/// Pre-activation networks of bottlenecks as MXNet's ResNet v2 numbers them (conv0_weight,
/// stage1_conv0_weight, stage1_batchnorm0_gamma): the stages that are there whole, with the batch norm that
/// follows.
ForeignFamily numberedResNetV2();

}  // namespace geneglass
