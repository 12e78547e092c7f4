// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>

#include "tests/support/test_program.h"

// As GENEGLASS_TEST, for a test that shows windows or draws, under a screen or xvfb-run: with a QApplication.
#define GENEGLASS_WINDOW_TEST(Test) template class geneglass::testing::RegisteredTest<Test, QApplication>;
