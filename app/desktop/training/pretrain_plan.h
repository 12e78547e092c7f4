// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <stop_token>

#include "app/desktop/training/training_job.h"
#include "inference/learning/pretraining/pretrain_check.h"

namespace geneglass {

/// A pretraining that is to run: what `geneglass-cli pretrain` is called with. Paths are whole.
struct PretrainPlan {
  Q_DECLARE_TR_FUNCTIONS(PretrainPlan)

 public:
  PretrainOptions options;

  TrainingJob job() const;
};

/// What it would learn from and make, in a sentence or two; the error is the first thing against it. Opens
/// every slide; not on the GUI thread.
Result<QString> describePretraining(const PretrainPlan& plan, const std::stop_token& stop = {});

}  // namespace geneglass
