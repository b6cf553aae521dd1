"""How departments are called."""

from __future__ import annotations

NAMES = {
    "civil_affairs": "民政",
    "public_security": "公安",
    "health": "卫生健康",
    "medical_insurance": "医保",
    "human_resources": "人社",
    "disabled_federation": "残联",
    "market_regulation": "市场监管",
    "transport": "交通运输",
    "education": "教育",
    "taxation": "税务",
    "housing_fund": "公积金",
    "natural_resources": "规划和自然资源",
    "veterans": "退役军人事务",
    "data_centre": "政务数据中心",
}
_ENGLISH = {
    "civil_affairs": "Civil Affairs",
    "public_security": "Public Security",
    "health": "Health",
    "medical_insurance": "Medical Insurance",
    "human_resources": "Human Resources",
    "disabled_federation": "Disabled Persons' Federation",
    "market_regulation": "Market Regulation",
    "transport": "Transport",
    "education": "Education",
    "taxation": "Taxation",
    "housing_fund": "Housing Fund",
    "natural_resources": "Natural Resources",
    "veterans": "Veterans Affairs",
    "data_centre": "Data Centre",
}


def department_name(department: str, language: str = "zh") -> str:
    """Name a department; one that nobody named goes by its id."""
    return (_ENGLISH if language == "en" else NAMES).get(department, department)
