// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <filesystem>
#include <string>
#include <vector>

namespace geneglass {

/// What geneglass-cli is to be called with, and what the window says of it.
struct TrainingJob {
  enum class Kind { Expression, Diagnosis, Encoder };

  QStringList arguments;
  QString title;              ///< "geneglass on cohort.csv, 5 folds"
  std::filesystem::path out;  ///< the package's folder
  Kind kind = Kind::Expression;
  bool goesOn = true;  ///< started again it goes on where it stopped; else it begins anew
};

/// `geneglass-cli COMMAND WORDS...` without the program's name.
QStringList callOf(const char* command, const std::vector<std::string>& words);

/// OUT.curve.csv, and back: the package a curve is of; empty where the file has another name.
std::filesystem::path curveOf(const std::filesystem::path& package);
std::filesystem::path packageOf(const std::filesystem::path& curve);

/// Absolute, as a child process in any folder needs it, without a slash at its end; empty stays empty.
std::filesystem::path wholePath(const QString& path);

QString textOf(const std::filesystem::path& path);

/// One processor stays with the window.
int trainingThreads();

}  // namespace geneglass
